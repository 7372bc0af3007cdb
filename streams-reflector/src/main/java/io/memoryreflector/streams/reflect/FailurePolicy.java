package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a task goes whose attempt has failed: the one place that decides it. Thread-safe if its backoff is.
 *
 * @param maxRetries {@code REFLECTION_MAX_RETRIES}: attempts after the first
 */
public record FailurePolicy(int maxRetries, Backoff backoff) {

    /** What becomes of the task. */
    sealed interface Decision {}

    /** It tries again at {@code task.not_before}. */
    record Retry(ReflectionTask task) implements Decision {}

    /** It is parked. */
    record Park(DeadLetter deadLetter) implements Decision {}

    /**
     * Whether a failure says nothing about the tasks, which then wait where they are and use up no attempt.
     *
     * @param providerIsWell whether other calls get their answers
     */
    public static boolean isTheProviders(ReflectionFailure failure, boolean providerIsWell) {
        return failure instanceof ReflectionFailure.ProviderDown
                || failure instanceof ReflectionFailure.Transient && !providerIsWell;
    }

    /**
     * @param attemptsBefore a replay, which do not count
     * @param failure of this attempt; one that is the provider's is no attempt and is not asked about here
     */
    Decision decide(
            PendingTask origin, ReflectionTask task, int attemptsBefore, ReflectionFailure failure, Instant now) {
        var error = DeadLetters.errorInfo(failure.kind(), failure.cause(), now);
        var attempts = task.getAttempt() + 1 - attemptsBefore;
        if (failure instanceof ReflectionFailure.Permanent) {
            return new Park(DeadLetters.of(origin, task, "permanent", error, failure.cause()));
        }
        if (attempts > maxRetries) {
            return new Park(DeadLetters.of(origin, task, "exhausted", error, failure.cause()));
        }
        var retryAfter = failure instanceof ReflectionFailure.Transient passing
                ? passing.retryAfter()
                : Optional.<Duration>empty();
        return new Retry(ReflectionTask.newBuilder(task)
                .setAttempt(task.getAttempt() + 1)
                .setFirstAttemptAt(task.getFirstAttemptAt() == null ? now : task.getFirstAttemptAt())
                .setNotBefore(now.plus(backoff.delay(attempts, retryAfter)))
                .setFirstError(task.getFirstError() == null ? error : task.getFirstError())
                .setLastError(error)
                .build());
    }
}
