package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.erasure.Handed;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A memory as far as two reflectors' are compared: without its vector. Immutable.
 *
 * @param group what it is compared within
 * @param content the same for memories that say the same in the same words, whatever their ids
 */
record Remembered(
        Group group,
        String text,
        String content,
        List<SourceRef> sources,
        List<String> supersedes,
        ReflectorVersion reflector,
        Handed handed) {

    /** What one tier makes of one interaction: all of it comes of one attempt of one reflector. */
    record Group(String interactionId, Tier tier) {}

    String id() {
        return handed.memoryId();
    }

    /** Empty of what is no memory of a tier. */
    static Optional<Remembered> of(SpecificRecord event) {
        if (event instanceof Episode episode) {
            var content = content(
                    Tier.EPISODIC,
                    episode.getEmbedding(),
                    episode.getSummary(),
                    String.join("\n", episode.getParticipants()),
                    String.join("\n", episode.getEntities()),
                    text(episode.getQuarantine()));
            return of(
                    event,
                    Tier.EPISODIC,
                    episode.getSummary(),
                    content,
                    episode.getSources(),
                    List.of(),
                    episode.getReflector());
        }
        if (event instanceof Fact fact) {
            var content = content(
                    Tier.SEMANTIC,
                    fact.getEmbedding(),
                    fact.getStatement(),
                    fact.getSubject(),
                    fact.getPredicate(),
                    fact.getObject(),
                    Boolean.toString(fact.getFunctional()),
                    time(fact.getValidFrom()),
                    time(fact.getValidTo()),
                    text(fact.getQuarantine()));
            return of(
                    event,
                    Tier.SEMANTIC,
                    fact.getStatement(),
                    content,
                    fact.getSources(),
                    fact.getSupersedes(),
                    fact.getReflector());
        }
        if (event instanceof Procedure procedure) {
            var content = content(
                    Tier.PROCEDURAL,
                    procedure.getEmbedding(),
                    procedure.getInstruction(),
                    text(procedure.getTrigger()),
                    procedure.getKind(),
                    procedure.getPolarity(),
                    String.join("\n", procedure.getSteps()),
                    time(procedure.getValidFrom()),
                    time(procedure.getValidTo()),
                    text(procedure.getQuarantine()));
            var words = procedure.getTrigger() == null
                    ? procedure.getInstruction()
                    : procedure.getTrigger() + ": " + procedure.getInstruction();
            return of(
                    event,
                    Tier.PROCEDURAL,
                    words,
                    content,
                    procedure.getSources(),
                    procedure.getSupersedes(),
                    procedure.getReflector());
        }
        return Optional.empty();
    }

    private static Optional<Remembered> of(
            SpecificRecord event,
            Tier tier,
            String text,
            String content,
            List<SourceRef> sources,
            List<String> supersedes,
            ReflectorVersion reflector) {
        return Handed.ofMemory(event)
                .filter(handed -> !sources.isEmpty())
                .map(handed -> new Remembered(
                        new Group(sources.get(0).getInteractionId(), tier),
                        text,
                        content,
                        List.copyOf(sources),
                        List.copyOf(supersedes),
                        reflector,
                        handed));
    }

    /** Vectors of two models cannot be compared, so a memory with another's is another memory. */
    private static String content(Tier tier, Embedding embedding, String... parts) {
        var all = new String[parts.length + 2];
        all[0] = tier.name();
        all[1] = embedding == null ? "" : embedding.getModel();
        System.arraycopy(parts, 0, all, 2, parts.length);
        return Ids.nameBased(all);
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static String time(Instant at) {
        return at == null ? "" : Long.toString(at.toEpochMilli());
    }
}
