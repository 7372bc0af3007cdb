package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.embedding.Embedder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Extracts how the user wants things done, from the user's own messages only. Thread-safe. */
public final class OfflineProceduralReflector extends ImmediateReflector<Procedure> {

    /** Rules guess now and then; an instruction found by a model may outrank theirs. */
    private static final double CONFIDENCE = 0.7;

    /** Standing instructions matter whenever they apply. */
    private static final double IMPORTANCE = 0.8;

    /** A reflector that embeds its instructions with this embedder. */
    public OfflineProceduralReflector(Embedder embedder) {
        super(Tier.PROCEDURAL, embedder);
    }

    @Override
    List<Draft<Procedure>> draft(ReflectionTask task) {
        var drafts = new LinkedHashMap<String, Draft<Procedure>>();
        for (var message : task.getMessages()) {
            if (!Speaker.isUser(message)) {
                continue;
            }
            for (var found : ProcedureFinder.in(message.getContent())) {
                var discriminator = found.text().toLowerCase(Locale.ROOT);
                var known = drafts.get(discriminator);
                if (known == null) {
                    var memory = procedure(task, message, found, discriminator);
                    drafts.put(discriminator, new Draft<>(memory, found.text()));
                } else {
                    addSource(known.memory().getSources(), task, message);
                }
            }
        }
        return List.copyOf(drafts.values());
    }

    @Override
    void setEmbedding(Procedure memory, Embedding embedding) {
        memory.setEmbedding(embedding);
    }

    private Procedure procedure(ReflectionTask task, Message message, FoundProcedure found, String discriminator) {
        return Procedure.newBuilder()
                .setMemoryId(memoryId(task, discriminator))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(message.getSentAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task, message))
                .setReflector(version())
                .setConfidence(CONFIDENCE)
                .setImportance(IMPORTANCE)
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setKind(found.kind())
                .setTrigger(found.trigger())
                .setInstruction(found.instruction())
                .setSteps(found.steps())
                .setPolarity(found.polarity())
                .setValidFrom(message.getSentAt())
                .build();
    }
}
