package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.embedding.Embedder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Extracts what people say of themselves and of those who are theirs. Thread-safe. */
public final class OfflineSemanticReflector extends ImmediateReflector<Fact> {

    /** Rules guess now and then; a stated fact of a model may outrank theirs. */
    private static final double CONFIDENCE = 0.7;

    /** A reflector that embeds its statements with this embedder. */
    public OfflineSemanticReflector(Embedder embedder) {
        super(Tier.SEMANTIC, embedder);
    }

    @Override
    List<Draft<Fact>> draft(ReflectionTask task) {
        var facts = new LinkedHashMap<String, Fact>();
        for (var message : task.getMessages()) {
            Speaker.person(message).ifPresent(speaker -> {
                for (var found : FactFinder.in(message.getContent(), Narrator.of(task, speaker))) {
                    same(facts, found)
                            .ifPresentOrElse(
                                    known -> addSource(known.getSources(), task, message),
                                    () -> facts.put(discriminator(found), fact(task, message, found)));
                }
            });
        }
        return facts.values().stream()
                .map(fact -> new Draft<>(fact, fact.getStatement()))
                .toList();
    }

    /** The fact that says the same, in the same words or nearly. */
    private static Optional<Fact> same(Map<String, Fact> facts, FoundFact found) {
        var known = facts.get(discriminator(found));
        return known != null
                ? Optional.of(known)
                : facts.values().stream()
                        .filter(fact -> fact.getSubject().equalsIgnoreCase(found.subject())
                                && fact.getFunctional() == found.functional()
                                && (fact.getValidTo() != null) == found.closes()
                                && Overlap.isSame(fact.getStatement(), found.statement()))
                        .findFirst();
    }

    @Override
    void setEmbedding(Fact memory, Embedding embedding) {
        memory.setEmbedding(embedding);
    }

    private static String discriminator(FoundFact found) {
        return String.join("\u0000", found.subject(), found.predicate(), found.object(), found.closes() ? "closed" : "")
                .toLowerCase(Locale.ROOT);
    }

    private Fact fact(ReflectionTask task, Message message, FoundFact found) {
        return Fact.newBuilder()
                .setMemoryId(memoryId(task, discriminator(found)))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(message.getSentAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task, message))
                .setReflector(version())
                .setConfidence(CONFIDENCE)
                .setImportance(Importance.of(found))
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setSubject(found.subject())
                .setPredicate(found.predicate())
                .setObject(found.object())
                .setStatement(Dated.statement(found.statement(), message.getSentAt()))
                .setFunctional(found.functional())
                .setValidFrom(message.getSentAt())
                .setValidTo(found.closes() ? message.getSentAt() : null)
                .build();
    }
}
