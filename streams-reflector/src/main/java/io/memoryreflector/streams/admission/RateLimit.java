package io.memoryreflector.streams.admission;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.memoryreflector.reflection.Usage;
import java.time.Duration;

/**
 * The provider's limits of requests and tokens a minute. A call is charged what it is thought to take before it starts
 * and what it took after it has ended. Thread-safe.
 */
public final class RateLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The limit is shared out so often a minute: a burst takes no more than this part of it at once. */
    private static final int PARTS = 6;

    private final Bucket requests;
    private final Bucket tokens;

    /**
     * @param requestsPerMinute 0 for no limit
     * @param tokensPerMinute 0 for no limit
     */
    public RateLimit(long requestsPerMinute, long tokensPerMinute) {
        this.requests = bucket(requestsPerMinute);
        this.tokens = bucket(tokensPerMinute);
    }

    private static Bucket bucket(long perMinute) {
        return perMinute == 0
                ? null
                : Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(Math.max(1, perMinute / PARTS))
                                .refillGreedy(perMinute, MINUTE)
                                .build())
                        .build();
    }

    /** Takes one request and so many tokens, or nothing. A call that is larger than the limit passes when it is full. */
    boolean tryTake(int wanted) {
        if (requests != null && !requests.tryConsume(1)) {
            return false;
        }
        if (tokens != null && tokens.getAvailableTokens() <= 0) {
            giveBackRequest();
            return false;
        }
        if (tokens != null) {
            tokens.consumeIgnoringRateLimits(wanted);
        }
        return true;
    }

    /** Charges what a call has really taken in the place of what was thought. */
    void settle(int wanted, Usage usage) {
        if (usage.calls() == 0) {
            giveBackRequest();
        } else if (requests != null && usage.calls() > 1) {
            requests.consumeIgnoringRateLimits(usage.calls() - 1L);
        }
        var more = usage.tokens() - wanted;
        if (tokens != null && more > 0) {
            tokens.consumeIgnoringRateLimits(more);
        } else if (tokens != null && more < 0) {
            tokens.addTokens(-more);
        }
    }

    private void giveBackRequest() {
        if (requests != null) {
            requests.addTokens(1);
        }
    }
}
