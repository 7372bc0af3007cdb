package io.memoryreflector.streams;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A reflector that answers nothing until it is let go, and then at once; each task becomes one fact. */
final class HeldReflector implements Reflector<Fact> {

    private final Tier tier;
    private final CompletableFuture<Void> gate;

    /** @param gate that lets it go */
    HeldReflector(Tier tier, CompletableFuture<Void> gate) {
        this.tier = tier;
        this.gate = gate;
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
    public CompletionStage<Reflection<Fact>> reflect(ReflectionRequest request) {
        return gate.thenApply(open -> new Reflection.Reflected<>(request.tasks().stream()
                .map(task -> List.of(ScriptedReflector.fact(task)))
                .toList()));
    }
}
