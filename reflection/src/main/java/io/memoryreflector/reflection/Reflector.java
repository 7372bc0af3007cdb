package io.memoryreflector.reflection;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns the tasks of one user in one tier into memories.
 *
 * <p>Thread-safe: called by many threads at once, though never twice at once for the same user. The same tasks give
 * the same memory ids, so that a repeat after a crash is no second memory.
 *
 * @param <M> the tier's memory event: {@code Episode}, {@code Fact} or {@code Procedure}
 */
public interface Reflector<M extends SpecificRecord> extends AutoCloseable {

    /** The tier whose tasks it takes. */
    Tier tier();

    /** What stands in the {@code reflector} field of its memories. */
    ReflectorVersion version();

    /**
     * Whether {@link #reflect} returns a stage that is already complete and waits for nothing outside the process. A
     * stream thread may call such a reflector itself.
     */
    boolean immediate();

    /**
     * Reflects on a batch. May block until {@code REFLECTION_TIMEOUT} is over unless it is {@link #immediate}, and ends
     * early when its thread is interrupted.
     *
     * @return never fails exceptionally for what a provider did wrong: that is a {@link Reflection.Failed}
     */
    CompletionStage<Reflection<M>> reflect(ReflectionRequest request);

    /**
     * The answer for all of the tasks, if it is at hand and needs no call. A stream thread may ask.
     *
     * @param tasks as in a request
     */
    default Optional<Reflection.Reflected<M>> atHand(List<ReflectionTask> tasks) {
        return Optional.empty();
    }

    /**
     * Calls back, on any thread, whenever a call of another tier has brought answers for a user's tasks.
     *
     * @param users hears the user's key, {@code namespace/user_id}
     * @return ends it
     */
    default Runnable onAtHand(Consumer<String> users) {
        return () -> {};
    }

    @Override
    default void close() {}
}
