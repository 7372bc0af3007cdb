package io.memoryreflector.schemas.encryption;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.memoryreflector.events.WrappedKey;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The users' keys on {@code memory.keys}, wrapped by the master key. A key is on the topic before anything is sealed with
 * it. Each process knows all of them, about 300 bytes a user.
 */
public final class KeyTopic implements UserKeys, AutoCloseable {

    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "AES256_GCM";
    private static final Duration LONG_AGO = Duration.ofMinutes(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final MasterKeys master;
    private final InstantSource clock;
    private final Duration timeout;
    private final KeyRing ring = new KeyRing();
    private final KeyFeed feed;
    private final Producer<String, WrappedKey> producer;
    private final DataKey nobodys;
    private final Map<UserKey, CompletableFuture<DataKey>> making = new ConcurrentHashMap<>();

    /**
     * @param kafka settings of every client
     * @param serdes of the topic's values
     * @param timeout of each wait for Kafka
     */
    public KeyTopic(
            MasterKeys master,
            Map<String, Object> kafka,
            Serde<WrappedKey> serdes,
            Duration timeout,
            InstantSource clock) {
        this.master = master;
        this.clock = clock;
        this.timeout = timeout;
        this.nobodys = new DataKey(DataKey.NOBODYS, Instant.EPOCH, master.aead());
        this.producer = producer(kafka, serdes.serializer());
        this.feed = new KeyFeed(kafka, serdes.deserializer(), ring, this::unwrapped);
        feed.start();
    }

    @Override
    public DataKey current(UserKey user) {
        if (user == null) {
            return nobodys;
        }
        var known = ring.newest(user);
        if (known.isPresent()) {
            return known.get();
        }
        // Another process may have made one before this one began to read.
        feed.catchUpOnce(timeout);
        return ring.newest(user).orElseGet(() -> made(user));
    }

    @Override
    public Optional<DataKey> find(UserKey user, UUID id) {
        if (user == null || DataKey.NOBODYS.equals(id)) {
            return DataKey.NOBODYS.equals(id) ? Optional.of(nobodys) : Optional.empty();
        }
        var known = ring.find(user, id);
        if (known.isPresent() || ring.isDestroyed(id)) {
            return known;
        }
        // Whoever sealed with it had it on the topic before: once that is read to its end, it is there or destroyed.
        feed.catchUp(timeout);
        ring.locked(id).ifPresent(this::unlock);
        var found = ring.find(user, id);
        if (found.isEmpty()) {
            ring.gone(id);
        }
        return found;
    }

    /**
     * Destroys a user's keys that were made up to a time; what they have sealed is unreadable then, for ever. Harmless to
     * repeat.
     *
     * @throws KeysUnavailable if Kafka does not take it in time; to be repeated
     */
    public void destroy(UserKey user, Instant upTo) {
        if (upTo.isBefore(clock.instant().minus(LONG_AGO))) {
            // At a start, of all who were ever forgotten: their keys were read with the others.
            feed.catchUpOnce(timeout);
        } else {
            feed.catchUp(timeout);
        }
        var sent = ring.madeUpTo(user, upTo).stream()
                .map(id -> {
                    ring.destroy(user, id);
                    return send(new KeyId(id, user), null);
                })
                .toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(sent));
    }

    @Override
    public void close() {
        feed.close();
        producer.close(CLOSE);
    }

    private DataKey made(UserKey user) {
        return await(making.computeIfAbsent(user, missing -> {
                    var id = new KeyId(UUID.randomUUID(), user);
                    var bytes = Random.randBytes(KEY_BYTES);
                    var now = clock.instant();
                    try {
                        var key = new DataKey(id.id(), now, new AesGcmJce(bytes));
                        var wrapped = WrappedKey.newBuilder()
                                .setKeyId(id.id().toString())
                                .setMasterKeyId(master.id())
                                .setAlgorithm(ALGORITHM)
                                .setWrappedKey(ByteBuffer.wrap(master.wrap(bytes, belongsTo(id))))
                                .setCreatedAt(now)
                                .build();
                        return send(id, wrapped).thenApply(sent -> {
                            ring.put(user, key);
                            return key;
                        });
                    } catch (GeneralSecurityException e) {
                        throw new KeysUnavailable("the master key does not wrap", e);
                    } finally {
                        Arrays.fill(bytes, (byte) 0);
                    }
                })
                .whenComplete((key, failure) -> making.remove(user)));
    }

    /** A key management service that was away when the key was read may be there by now. */
    private void unlock(KeyRing.Locked key) {
        try {
            ring.put(key.id().user(), unwrapped(key.id(), key.wrapped()));
        } catch (GeneralSecurityException e) {
            throw new KeysUnavailable(
                    MasterKeys.VARIABLE + ": does not unwrap key " + key.id().id(), e);
        }
    }

    private DataKey unwrapped(KeyId id, WrappedKey wrapped) throws GeneralSecurityException {
        var bytes = new byte[wrapped.getWrappedKey().remaining()];
        wrapped.getWrappedKey().duplicate().get(bytes);
        return new DataKey(id.id(), wrapped.getCreatedAt(), new AesGcmJce(master.unwrap(bytes, belongsTo(id))));
    }

    private CompletableFuture<Void> send(KeyId id, WrappedKey value) {
        var sent = new CompletableFuture<Void>();
        producer.send(new ProducerRecord<>(Topics.KEYS.name(), id.toString(), value), (metadata, failure) -> {
            if (failure == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KeysUnavailable("Kafka does not keep a user's key: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysUnavailable("interrupted while Kafka keeps a user's key", e);
        }
    }

    private static byte[] belongsTo(KeyId id) {
        return id.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Producer<String, WrappedKey> producer(Map<String, Object> kafka, Serializer<WrappedKey> serializer) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
