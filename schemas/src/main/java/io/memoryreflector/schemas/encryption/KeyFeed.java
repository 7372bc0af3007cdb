package io.memoryreflector.schemas.encryption;

import io.memoryreflector.events.WrappedKey;
import io.memoryreflector.schemas.topic.TopicFeed;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code memory.keys} into the ring from its beginning, and goes on reading. Thread-safe. */
final class KeyFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFeed.class);

    /** Makes a key of what the topic holds. */
    interface Unwrapping {
        DataKey of(KeyId id, WrappedKey wrapped) throws GeneralSecurityException;
    }

    private final Deserializer<WrappedKey> deserializer;
    private final KeyRing ring;
    private final Unwrapping unwrapping;
    private final TopicFeed feed;

    KeyFeed(Map<String, Object> kafka, Deserializer<WrappedKey> deserializer, KeyRing ring, Unwrapping unwrapping) {
        this.deserializer = deserializer;
        this.ring = ring;
        this.unwrapping = unwrapping;
        this.feed = new TopicFeed(kafka, Topics.KEYS, Optional::empty, this::read);
    }

    void start() {
        feed.start();
    }

    /** Returns once all that was on the topic at the start is in the ring; throws as {@link #catchUp} does. */
    void catchUpOnce(Duration timeout) {
        if (!feed.isCaughtUp(timeout)) {
            throw unread();
        }
    }

    /**
     * Returns once all that was on the topic at the call is in the ring.
     *
     * @throws KeysUnavailable if that takes longer
     */
    void catchUp(Duration timeout) {
        if (!feed.catchUp(timeout)) {
            throw unread();
        }
    }

    @Override
    public void close() {
        feed.close();
    }

    private static KeysUnavailable unread() {
        var reason = "the users' keys cannot be read from " + Topics.KEYS.name() + " in time";
        return new KeysUnavailable(reason, new TimeoutException(reason));
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        KeyId id;
        try {
            id = KeyId.parse(record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.warn("{}-{}@{} is no key: passed over", record.topic(), record.partition(), record.offset(), e);
            return;
        }
        if (record.value() == null) {
            ring.destroy(id.user(), id.id());
        } else {
            put(id, wrapped(record));
        }
    }

    /** A key that is passed over would count as destroyed, so one that cannot be read now is read again. */
    private WrappedKey wrapped(ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(record.topic(), record.value());
        } catch (RuntimeException e) {
            throw new KafkaException("a key cannot be read; the schema registry may be away", e);
        }
    }

    private void put(KeyId id, WrappedKey wrapped) {
        try {
            ring.put(id.user(), unwrapping.of(id, wrapped));
        } catch (GeneralSecurityException e) {
            // Said for the first one: with a wrong master key it is true of all.
            if (ring.locked(id, wrapped)) {
                LOG.error(
                        "{}: does not unwrap key {}, which master key {} has wrapped; what such keys have sealed waits: {}",
                        MasterKeys.VARIABLE,
                        id.id(),
                        wrapped.getMasterKeyId(),
                        e.toString());
            }
        }
    }
}
