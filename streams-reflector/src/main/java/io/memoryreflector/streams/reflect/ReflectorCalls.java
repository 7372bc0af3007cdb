package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Calls a reflector, beside the stream thread or on it, and turns whatever happens into a {@link Reflection}.
 *
 * <p>Threading: {@link #now} and {@link #start} belong to the stream thread; the callback of {@code start} runs on any
 * thread.
 */
final class ReflectorCalls<M extends SpecificRecord> {

    private final Reflector<M> reflector;
    private final TimedCalls calls;

    ReflectorCalls(Reflector<M> reflector, TimedCalls calls) {
        this.reflector = reflector;
        this.calls = calls;
    }

    /** Whether {@link #now} may be used. */
    boolean immediate() {
        return reflector.immediate();
    }

    /** The answer of a reflector that answers at once. */
    Reflection<M> now(ReflectionRequest request) {
        return result(request.tasks(), TimedCalls.made(() -> reflector.reflect(request)));
    }

    /** Starts a call that ends by calling back exactly once, in time or with a time-out. */
    void start(ReflectionRequest request, BiConsumer<Reflection<M>, Duration> callback) {
        calls.start(
                () -> reflector.reflect(request),
                (reflection, took) -> callback.accept(checked(request.tasks(), reflection), took));
    }

    private Reflection<M> result(List<ReflectionTask> tasks, CompletableFuture<Reflection<M>> future) {
        try {
            var reflection = future.getNow(null);
            return reflection == null
                    ? TimedCalls.failed(new IllegalStateException(
                            reflector.version().getName() + " is immediate, but did not answer at once"))
                    : checked(tasks, reflection);
        } catch (RuntimeException e) {
            return TimedCalls.failed(e);
        }
    }

    private static <M extends SpecificRecord> Reflection<M> checked(
            List<ReflectionTask> tasks, Reflection<M> reflection) {
        if (reflection instanceof Reflection.Reflected<M> reflected
                && reflected.memories().size() != tasks.size()) {
            return TimedCalls.failed(new IllegalStateException(
                    "the reflector answered " + reflected.memories().size() + " of " + tasks.size() + " tasks"));
        }
        return reflection;
    }
}
