package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;

/** A procedure is in force since the user asked for it. */
final class ProcedureMaker implements MemoryMaker<Procedure> {
    @Override
    public Procedure make(
            ReflectionTask task, Found found, String memoryId, ReflectorVersion version, Embedding embedding) {
        var procedure = (FoundProcedure) found;
        var messages = MemoryMaker.messages(task, procedure.messages());
        var said = MemoryMaker.lastSaid(messages);
        return Procedure.newBuilder()
                .setMemoryId(memoryId)
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(said)
                .setRecordedAt(task.getRecordedAt())
                .setSources(MemoryMaker.sources(task, messages))
                .setReflector(version)
                .setEmbedding(embedding)
                .setConfidence(procedure.confidence())
                .setImportance(procedure.importance())
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setKind(procedure.kind())
                .setTrigger(procedure.trigger())
                .setInstruction(procedure.instruction())
                .setSteps(procedure.steps())
                .setPolarity(procedure.polarity())
                .setValidFrom(said)
                .build();
    }
}
