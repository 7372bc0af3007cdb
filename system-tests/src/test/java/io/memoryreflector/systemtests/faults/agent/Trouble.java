package io.memoryreflector.systemtests.faults.agent;

import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** The kinds of trouble that a model makes, as the topology meets them. */
enum Trouble {
    /** 429, and when to come again. */
    BUSY(10, () -> answer(passing("too many requests", Optional.of(Duration.ofMillis(300))))),
    /** 5xx. */
    BROKEN(10, () -> answer(passing("internal error", Optional.empty()))),
    /** The connection is lost, and the reflector did not expect it. */
    DROPPED(7, () -> CompletableFuture.failedFuture(new IOException("connection reset, by plan"))),
    /** No answer, ever. */
    SILENT(3, CompletableFuture::new),

    /** The model says no. */
    REFUSED(1, () -> answer(new ReflectionFailure.Permanent(new IllegalStateException("refused, by plan")))),
    /** An answer for fewer tasks than there were. */
    SHORT(1, () -> CompletableFuture.completedFuture(new Reflection.Reflected<>(List.of()))),
    /** A bug: the reflector throws. */
    THROWN(1, () -> {
        throw new IllegalStateException("thrown, by plan");
    });

    private static final List<Trouble> IN_PASSING = List.of(BUSY, BROKEN, DROPPED, SILENT);
    private static final List<Trouble> FOR_GOOD = List.of(REFUSED, SHORT, THROWN);

    private final int weight;
    private final Supplier<CompletableFuture<Reflection<?>>> call;

    Trouble(int weight, Supplier<CompletableFuture<Reflection<?>>> call) {
        this.weight = weight;
        this.call = call;
    }

    /** Trouble that another attempt may not meet. */
    static Trouble inPassing(double chance) {
        return pick(IN_PASSING, chance);
    }

    /** Trouble that each attempt meets. */
    static Trouble forGood(double chance) {
        return pick(FOR_GOOD, chance);
    }

    /** What the call comes to. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // no memory is in any of them
    <M extends SpecificRecord> CompletableFuture<Reflection<M>> call() {
        return (CompletableFuture) call.get();
    }

    private static Trouble pick(List<Trouble> kinds, double chance) {
        var left = chance * kinds.stream().mapToInt(kind -> kind.weight).sum();
        for (var kind : kinds) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        return kinds.get(kinds.size() - 1);
    }

    private static ReflectionFailure passing(String message, Optional<Duration> retryAfter) {
        return new ReflectionFailure.Transient(new IOException(message + ", by plan"), retryAfter);
    }

    private static CompletableFuture<Reflection<?>> answer(ReflectionFailure failure) {
        return CompletableFuture.completedFuture(new Reflection.Failed<>(failure));
    }
}
