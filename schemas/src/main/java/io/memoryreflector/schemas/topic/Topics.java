package io.memoryreflector.schemas.topic;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.DeadLetterAction;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.events.WrappedKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The topic catalogue: every topic of the project, once. All have the same number of partitions, because every record
 * of a user has one key and must find its state in the same task.
 */
public final class Topics {

    /** Partitions of every topic unless {@code KAFKA_PARTITIONS} says otherwise; it cannot be changed later. */
    public static final int DEFAULT_PARTITIONS = 12;

    /** Largest record: an interaction of 1 MiB, with its context or as a dead letter, has room to spare. */
    public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

    /** For producers that cannot seal what is personal: short, because it is readable. */
    public static final Topic INBOX = kept("memory.inbox", Interaction.SCHEMA$, Duration.ofHours(1));

    public static final Topic INTERACTIONS = forever("memory.interactions", Interaction.SCHEMA$);
    public static final Topic TASKS_EPISODIC =
            kept("reflector.tasks.episodic", ReflectionTask.SCHEMA$, Duration.ofDays(7));
    public static final Topic TASKS_SEMANTIC =
            kept("reflector.tasks.semantic", ReflectionTask.SCHEMA$, Duration.ofDays(7));
    public static final Topic TASKS_PROCEDURAL =
            kept("reflector.tasks.procedural", ReflectionTask.SCHEMA$, Duration.ofDays(7));
    public static final Topic RETRY = kept("reflector.retry", ReflectionTask.SCHEMA$, Duration.ofDays(7));
    public static final Topic OUTCOMES = kept("reflector.outcomes", ReflectionOutcome.SCHEMA$, Duration.ofDays(7));
    public static final Topic DEAD_LETTERS = kept("reflector.dlq", DeadLetter.SCHEMA$, Duration.ofDays(90));
    public static final Topic DEAD_LETTER_ACTIONS =
            kept("reflector.dlq.actions", DeadLetterAction.SCHEMA$, Duration.ofDays(90));
    /** Who promoted what and when; kept like what it has changed. */
    public static final Topic SHADOW_ACTIONS = forever("reflector.shadow.actions", ShadowAction.SCHEMA$);

    public static final Topic SESSION_ENDS = kept("reflector.session-ends", SessionEnded.SCHEMA$, Duration.ofDays(7));
    public static final Topic EPISODIC = forever("memory.episodic", Episode.SCHEMA$);
    public static final Topic SEMANTIC = forever("memory.semantic", Fact.SCHEMA$);
    public static final Topic PROCEDURAL = forever("memory.procedural", Procedure.SCHEMA$);
    public static final Topic SESSIONS = forever("memory.sessions", SessionSummary.SCHEMA$);
    public static final Topic REFLECTIONS = compacted("memory.reflections", ReflectionStatus.SCHEMA$);
    public static final Topic ERASURES = forever("memory.erasures", UserForgotten.SCHEMA$);

    /** Kept like the memories that it changes: by its key, compaction would leave one change a user. */
    public static final Topic AMENDMENTS = forever("memory.amendments", MemoryAmended.SCHEMA$);

    /** A destroyed key is soon off the disks too. */
    public static final Topic KEYS = new Topic(
            "memory.keys", WrappedKey.SCHEMA$, true, Optional.of(Duration.ofMinutes(1)), Optional.empty(), true);

    private static final List<Topic> ALL = List.of(
            INBOX,
            INTERACTIONS,
            TASKS_EPISODIC,
            TASKS_SEMANTIC,
            TASKS_PROCEDURAL,
            RETRY,
            OUTCOMES,
            DEAD_LETTERS,
            DEAD_LETTER_ACTIONS,
            SHADOW_ACTIONS,
            SESSION_ENDS,
            EPISODIC,
            SEMANTIC,
            PROCEDURAL,
            SESSIONS,
            REFLECTIONS,
            ERASURES,
            AMENDMENTS,
            KEYS);

    private Topics() {}

    /** Every topic of the project. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The lane of a tier. */
    public static Topic tasks(Tier tier) {
        return switch (tier) {
            case EPISODIC -> TASKS_EPISODIC;
            case SEMANTIC -> TASKS_SEMANTIC;
            case PROCEDURAL -> TASKS_PROCEDURAL;
            case UNKNOWN -> throw new IllegalArgumentException("tier: got UNKNOWN, which has no lane");
        };
    }

    /** Where a tier's memories go. */
    public static Topic memories(Tier tier) {
        return switch (tier) {
            case EPISODIC -> EPISODIC;
            case SEMANTIC -> SEMANTIC;
            case PROCEDURAL -> PROCEDURAL;
            case UNKNOWN -> throw new IllegalArgumentException("tier: got UNKNOWN, which has no memories");
        };
    }

    private static Topic forever(String name, Schema schema) {
        return new Topic(name, schema, false, Optional.empty(), Optional.empty(), false);
    }

    private static Topic kept(String name, Schema schema, Duration time) {
        return new Topic(name, schema, false, Optional.empty(), Optional.of(time), true);
    }

    private static Topic compacted(String name, Schema schema) {
        return new Topic(name, schema, true, Optional.empty(), Optional.empty(), true);
    }
}
