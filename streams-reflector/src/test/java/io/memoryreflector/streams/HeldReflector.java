package io.memoryreflector.streams;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** A reflector that answers nothing until it is let go, and then at once; each task becomes one memory. */
final class HeldReflector<M extends SpecificRecord> implements Reflector<M> {

    private final Tier tier;
    private final Function<ReflectionTask, M> memory;
    private final CompletableFuture<Void> gate;

    private HeldReflector(Tier tier, Function<ReflectionTask, M> memory, CompletableFuture<Void> gate) {
        this.tier = tier;
        this.memory = memory;
        this.gate = gate;
    }

    /**
     * One for each tier.
     *
     * @param gate that lets them go
     */
    static List<HeldReflector<?>> ofAllTiers(CompletableFuture<Void> gate) {
        return List.of(
                new HeldReflector<>(Tier.EPISODIC, HeldReflector::episode, gate),
                new HeldReflector<>(Tier.SEMANTIC, ScriptedReflector::fact, gate),
                new HeldReflector<>(Tier.PROCEDURAL, HeldReflector::procedure, gate));
    }

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public ReflectorVersion version() {
        return new ReflectorVersion("held", "1", null);
    }

    @Override
    public boolean immediate() {
        return false;
    }

    @Override
    public CompletionStage<Reflection<M>> reflect(ReflectionRequest request) {
        return gate.thenApply(open -> new Reflection.Reflected<>(request.tasks().stream()
                .map(task -> List.of(memory.apply(task)))
                .toList()));
    }

    private static Episode episode(ReflectionTask task) {
        var fact = ScriptedReflector.fact(task);
        return Episode.newBuilder()
                .setMemoryId(fact.getMemoryId())
                .setNamespace(fact.getNamespace())
                .setUserId(fact.getUserId())
                .setSessionId(fact.getSessionId())
                .setOccurredAt(fact.getOccurredAt())
                .setRecordedAt(fact.getRecordedAt())
                .setSources(fact.getSources())
                .setReflector(fact.getReflector())
                .setSummary(fact.getStatement())
                .build();
    }

    private static Procedure procedure(ReflectionTask task) {
        var fact = ScriptedReflector.fact(task);
        return Procedure.newBuilder()
                .setMemoryId(fact.getMemoryId())
                .setNamespace(fact.getNamespace())
                .setUserId(fact.getUserId())
                .setSessionId(fact.getSessionId())
                .setOccurredAt(fact.getOccurredAt())
                .setRecordedAt(fact.getRecordedAt())
                .setSources(fact.getSources())
                .setReflector(fact.getReflector())
                .setKind("instruction")
                .setInstruction(fact.getStatement())
                .setValidFrom(fact.getValidFrom())
                .build();
    }
}
