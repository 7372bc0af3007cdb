package io.memoryreflector.cli.service;

import java.time.Duration;
import java.util.Optional;

/** The service answered, but did not do it. */
public final class Refusal extends ServiceFailure {

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /** @param retryAfter when the service wants to be asked again */
    public Refusal(Problem problem, Optional<Duration> retryAfter) {
        super(problem.detail(), null);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** The reason. */
    public Problem problem() {
        return problem;
    }

    /** When the service wants to be asked again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
