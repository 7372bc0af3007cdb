package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.ingest.shadows.Shelf.Kind;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.serde.RegistryOutage;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log has of the live reflector and of a shadow when this is made, user by user. As large as the memories of both
 * on disk, as large as those of one user, without their vectors, in memory. One thread.
 */
final class BothReflectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BothReflectors.class);

    private static final List<Topic> MEMORIES = List.of(Topics.EPISODIC, Topics.SEMANTIC, Topics.PROCEDURAL);

    private final Shelf shelf = new Shelf();
    private final Forgotten forgotten = new Forgotten();
    private final Deserializer<SpecificRecord> deserializer;
    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * Reads it.
     *
     * @param kafka settings of every client
     * @param progress is told how many records are read, and how many there are
     */
    BothReflectors(
            Map<String, Object> kafka, EventSerdes serdes, Shadow shadow, Reading progress, BooleanSupplier stopping) {
        this.deserializer = serdes.deserializer();
        MEMORIES.forEach(topic -> {
            kinds.put(topic.name(), Kind.LIVE);
            kinds.put(shadow.of(topic).name(), Kind.SHADOW);
        });
        kinds.put(Topics.REFLECTIONS.name(), Kind.LIVE_STATUS);
        kinds.put(shadow.of(Topics.REFLECTIONS).name(), Kind.SHADOW_STATUS);
        kinds.put(Topics.AMENDMENTS.name(), Kind.AMENDED);
        kinds.put(Topics.SESSIONS.name(), Kind.LIVE_SESSION);
        kinds.put(shadow.of(Topics.SESSIONS).name(), Kind.SHADOW_SESSION);
        try (var topics = new WholeTopics(
                kafka,
                Stream.concat(kinds.keySet().stream(), Stream.of(Topics.ERASURES.name()))
                        .toList())) {
            topics.read(this::take, done -> progress.reached(done, topics.total()), stopping);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Told how far the reading is. */
    interface Reading {
        void reached(long done, long total);
    }

    Forgotten forgotten() {
        return forgotten;
    }

    long users() {
        return shelf.users();
    }

    /** The first user behind this one; of an empty text, the first of all. */
    Optional<String> userAfter(String user) {
        return shelf.userAfter(user);
    }

    OfUser of(String user) {
        var found = new OfUser(
                user, new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
        for (var event : shelf.of(user)) {
            switch (event.kind()) {
                case LIVE -> decoded(event).flatMap(Remembered::of).ifPresent(found.live()::add);
                case SHADOW -> decoded(event).flatMap(Remembered::of).ifPresent(found.shadow()::add);
                case LIVE_STATUS ->
                    decoded(event).ifPresent(status -> found.liveStatus().put(event.id(), (ReflectionStatus) status));
                case SHADOW_STATUS ->
                    decoded(event).ifPresent(status -> found.shadowStatus().put(event.id(), (ReflectionStatus) status));
                case AMENDED -> found.amended().add(event.id());
                case LIVE_SESSION, SHADOW_SESSION -> {}
            }
        }
        return found;
    }

    /** The shadow's memories of a user by their ids, as the log has them. */
    Map<String, SpecificRecord> shadowMemories(String user, Set<String> ids) {
        var memories = new HashMap<String, SpecificRecord>();
        shelf.of(user).stream()
                .filter(event -> event.kind() == Kind.SHADOW && ids.contains(event.id()))
                .forEach(event -> decoded(event).ifPresent(memory -> memories.put(event.id(), memory)));
        return memories;
    }

    /** The last summaries of a user's sessions by their ids, of the live reflector or the shadow. */
    Map<String, SessionSummary> summaries(String user, Kind kind) {
        var summaries = new HashMap<String, SessionSummary>();
        shelf.of(user).stream().filter(event -> event.kind() == kind).forEach(event -> decoded(event)
                .ifPresent(summary -> summaries.put(event.id(), (SessionSummary) summary)));
        return summaries;
    }

    @Override
    public void close() {
        shelf.close();
        deserializer.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        decoded(record.topic(), record.value()).ifPresent(event -> {
            var kind = kinds.get(record.topic());
            if (event instanceof UserForgotten erasure) {
                forgotten.add(erasure);
            } else if (event instanceof ReflectionStatus status) {
                put(kind, status.getNamespace(), status.getUserId(), status.getInteractionId(), record.value());
            } else if (event instanceof MemoryAmended amendment) {
                put(kind, amendment.getNamespace(), amendment.getUserId(), amendment.getMemoryId(), new byte[0]);
            } else if (event instanceof SessionSummary summary) {
                put(kind, summary.getNamespace(), summary.getUserId(), summary.getMemoryId(), record.value());
            } else {
                Remembered.of(event)
                        .ifPresent(memory -> shelf.put(memory.handed().user(), kind, memory.id(), record.value()));
            }
        });
    }

    private void put(Kind kind, String namespace, String userId, String id, byte[] value) {
        shelf.put(new UserKey(namespace, userId).toString(), kind, id, value);
    }

    private Optional<SpecificRecord> decoded(Shelf.Event event) {
        return decoded(event.kind().name(), event.value());
    }

    private Optional<SpecificRecord> decoded(String topic, byte[] value) {
        try {
            return Optional.of(deserializer.deserialize(topic, value));
        } catch (RuntimeException e) {
            if (KeyDestroyed.explains(e)) {
                return Optional.empty();
            }
            if (RegistryOutage.explains(e)) {
                throw new KafkaException("what is needed to read " + topic + " does not answer", e);
            }
            LOG.warn("a record of {} is passed over: {}", topic, e.toString());
            return Optional.empty();
        }
    }
}
