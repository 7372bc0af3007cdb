package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.embedding.Embedder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

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
        var made = new ArrayList<Made>();
        var narrators = new HashMap<String, Narrator>();
        for (var message : task.getMessages()) {
            Speaker.person(message).ifPresent(speaker -> {
                var narrator = narrators.computeIfAbsent(speaker, name -> Narrator.of(task, name));
                for (var found : FactFinder.in(message.getContent(), narrator)) {
                    made.stream()
                            .filter(known -> known.found().isSame(found))
                            .findFirst()
                            .ifPresentOrElse(
                                    known -> addSource(known.fact().getSources(), task, message),
                                    () -> made.add(new Made(found, fact(task, message, found))));
                }
            });
        }
        return made.stream()
                .map(Made::fact)
                .map(fact -> new Draft<>(fact, fact.getStatement()))
                .toList();
    }

    /** A fact as it was found first, and the memory that gathers its sources. */
    private record Made(FoundFact found, Fact fact) {}

    @Override
    void setEmbedding(Fact memory, Embedding embedding) {
        memory.setEmbedding(embedding);
    }

    private Fact fact(ReflectionTask task, Message message, FoundFact found) {
        return Fact.newBuilder()
                .setMemoryId(memoryId(task, found.identity()))
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
