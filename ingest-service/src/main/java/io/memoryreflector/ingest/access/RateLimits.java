package io.memoryreflector.ingest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.time.Duration;

/** One limit for each caller, in this process. Thread-safe. */
final class RateLimits {

    private static final int MAX_CALLERS = 100_000;

    private final RateLimit limit;

    /** A full bucket is what a new caller gets, so one that is idle for as long as it takes to fill can be forgotten. */
    private final Cache<String, Bucket> left;

    RateLimits(RateLimit limit) {
        this.limit = limit;
        this.left = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(Duration.ofMinutes(1L + limit.burst() / limit.perMinute()))
                .build();
    }

    /** @throws RequestProblem 429 that says when to come again */
    void take(Caller caller) {
        var probe = left.get(caller.id(), id -> bucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw RequestProblem.tooMany(
                    "This credential may send " + limit.perMinute() + " requests a minute, " + limit.burst()
                            + " of them at once.",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(it -> it.capacity(limit.burst()).refillGreedy(limit.perMinute(), Duration.ofMinutes(1)))
                .build();
    }
}
