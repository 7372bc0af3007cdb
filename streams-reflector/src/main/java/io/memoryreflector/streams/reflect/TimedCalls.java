package io.memoryreflector.streams.reflect;

import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes calls beside the stream thread and turns whatever happens into a {@link Reflection}. Thread-safe; callbacks run on
 * any thread.
 *
 * @param executor starts the calls
 * @param timeout of one call
 */
public record TimedCalls(Executor executor, Duration timeout) {

    /** Starts a call that ends by calling back exactly once, in time or with a time-out. */
    public <M extends SpecificRecord> void start(
            Supplier<CompletionStage<Reflection<M>>> call, BiConsumer<Reflection<M>, Duration> callback) {
        var started = System.nanoTime();
        CompletableFuture.supplyAsync(() -> made(call), executor)
                .thenCompose(future -> future)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((reflection, error) -> error == null ? reflection : TimedCalls.<M>failed(error))
                .thenAccept(reflection -> callback.accept(reflection, Duration.ofNanos(System.nanoTime() - started)));
    }

    static <M extends SpecificRecord> CompletableFuture<Reflection<M>> made(
            Supplier<CompletionStage<Reflection<M>>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    static <M extends SpecificRecord> Reflection<M> failed(Throwable error) {
        return new Reflection.Failed<>(ReflectionFailure.of(error));
    }
}
