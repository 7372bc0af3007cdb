package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One memory as the graph holds it.
 *
 * @param text the memory in plain words
 * @param vector of unit length; empty where none was made
 * @param vectorModel which model made it
 * @param validTo when a fact stopped being true, by event time
 * @param source by which entrance what it rests on came
 * @param quarantine why it is held back from recall; empty if it is not
 * @param amendedAt when it was last changed; empty if it is as it was made
 * @param people whose words an episode tells, or whom a fact is about
 * @param situation in which a procedure applies; empty for the others, and for one that always applies
 */
public record Memory(
        String memoryId,
        Tier tier,
        String text,
        Optional<String> sessionId,
        Instant occurredAt,
        Instant recordedAt,
        Optional<Instant> validFrom,
        Optional<Instant> validTo,
        List<SourceRef> sources,
        Source source,
        String reflector,
        double confidence,
        double importance,
        float[] vector,
        String vectorModel,
        Optional<String> quarantine,
        Optional<Instant> amendedAt,
        List<String> people,
        Optional<String> situation) {

    /**
     * The memory that an episode, a fact or a procedure makes.
     *
     * @param validTo when it ends, as {@link Validity} or the graph works it out
     * @throws IllegalArgumentException on an event of another kind
     */
    public static Memory of(SpecificRecord event, Optional<Instant> validTo) {
        return Rows.memory(event, validTo);
    }

    /** How far it is to be believed, by the entrance alone. */
    public Trust trust() {
        return Trust.of(source);
    }
}
