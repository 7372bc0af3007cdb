package io.memoryreflector.schemas.erasure;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an erasure is asked about: whose it is, what it came of and when that was handed over. Immutable.
 *
 * @param user record key of whose it is
 * @param sessionId null where it belongs to none
 * @param interactionIds the interactions that it rests on
 * @param memoryId null of what is no memory
 * @param recordedAt timestamp of the interaction's record
 */
public record Handed(
        String user, String sessionId, Source source, Set<String> interactionIds, String memoryId, Instant recordedAt) {

    /** An interaction, with the timestamp of its record. */
    public static Handed of(Interaction interaction, Instant recordedAt) {
        return new Handed(
                user(interaction.getNamespace(), interaction.getUserId()),
                interaction.getSessionId(),
                interaction.getSource(),
                Set.of(interaction.getInteractionId()),
                null,
                recordedAt);
    }

    /** A task. */
    public static Handed of(ReflectionTask task) {
        return new Handed(
                user(task.getNamespace(), task.getUserId()),
                task.getSessionId(),
                task.getSource(),
                Set.of(task.getInteractionId()),
                null,
                task.getRecordedAt());
    }

    /** What one tier of an interaction came to. */
    public static Handed of(ReflectionOutcome outcome) {
        return new Handed(
                user(outcome.getNamespace(), outcome.getUserId()),
                outcome.getSessionId(),
                outcome.getSource(),
                Set.of(outcome.getInteractionId()),
                null,
                outcome.getReceivedAt());
    }

    /** What has become of an interaction. */
    public static Handed of(ReflectionStatus status) {
        return new Handed(
                user(status.getNamespace(), status.getUserId()),
                status.getSessionId(),
                status.getSource(),
                Set.of(status.getInteractionId()),
                null,
                status.getReceivedAt());
    }

    /** A change of a memory, which goes with the memory. */
    public static Handed of(MemoryAmended amendment) {
        return new Handed(
                user(amendment.getNamespace(), amendment.getUserId()),
                amendment.getSessionId(),
                amendment.getSource(),
                interactions(amendment.getSources()),
                amendment.getMemoryId(),
                amendment.getRecordedAt());
    }

    /** A memory of any tier, or a session in short; empty of any other event. */
    public static Optional<Handed> ofMemory(SpecificRecord event) {
        if (event instanceof Episode episode) {
            return Optional.of(new Handed(
                    user(episode.getNamespace(), episode.getUserId()),
                    episode.getSessionId(),
                    episode.getSource(),
                    interactions(episode.getSources()),
                    episode.getMemoryId(),
                    episode.getRecordedAt()));
        }
        if (event instanceof Fact fact) {
            return Optional.of(new Handed(
                    user(fact.getNamespace(), fact.getUserId()),
                    fact.getSessionId(),
                    fact.getSource(),
                    interactions(fact.getSources()),
                    fact.getMemoryId(),
                    fact.getRecordedAt()));
        }
        if (event instanceof Procedure procedure) {
            return Optional.of(new Handed(
                    user(procedure.getNamespace(), procedure.getUserId()),
                    procedure.getSessionId(),
                    procedure.getSource(),
                    interactions(procedure.getSources()),
                    procedure.getMemoryId(),
                    procedure.getRecordedAt()));
        }
        if (event instanceof SessionSummary summary) {
            return Optional.of(new Handed(
                    user(summary.getNamespace(), summary.getUserId()),
                    summary.getSessionId(),
                    summary.getSource(),
                    interactions(summary.getSources()),
                    summary.getMemoryId(),
                    summary.getRecordedAt()));
        }
        return Optional.empty();
    }

    private static Set<String> interactions(List<SourceRef> sources) {
        return sources.stream().map(SourceRef::getInteractionId).collect(Collectors.toUnmodifiableSet());
    }

    private static String user(String namespace, String userId) {
        return new UserKey(namespace, userId).toString();
    }
}
