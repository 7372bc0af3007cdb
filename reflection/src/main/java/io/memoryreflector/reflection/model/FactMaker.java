package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;

/** A fact holds since it was said, until the known facts that it meets say otherwise. */
final class FactMaker implements MemoryMaker<Fact> {
    @Override
    public Fact make(ReflectionTask task, Found found, String memoryId, ReflectorVersion version, Embedding embedding) {
        var fact = (FoundFact) found;
        var messages = MemoryMaker.messages(task, fact.messages());
        var said = MemoryMaker.lastSaid(messages);
        var succession = Succession.of(fact.replaced(), said, fact.ended());
        return Fact.newBuilder()
                .setMemoryId(memoryId)
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(said)
                .setRecordedAt(task.getRecordedAt())
                .setSources(MemoryMaker.sources(task, messages))
                .setReflector(version)
                .setEmbedding(embedding)
                .setConfidence(fact.confidence())
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setSubject(fact.subject())
                .setPredicate(fact.predicate())
                .setObject(fact.object())
                .setStatement(fact.statement())
                .setFunctional(fact.singleValued())
                .setValidFrom(said)
                .setValidTo(succession.validTo().orElse(null))
                .setSupersedes(succession.supersedes())
                .build();
    }
}
