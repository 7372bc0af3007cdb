package io.memoryreflector.systemtests.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How the stub behaves. Immutable.
 *
 * @param latency of an answer; 401 and 429 come at once
 * @param shares of each fault, 0 to 1, together 1 at most
 * @param seed the same requests meet the same faults and latencies under the same seed, in whatever order they come
 * @param burst when everybody is answered 429
 * @param retryAfter what a 429 by chance says
 * @param formats what {@code response_format} it takes
 * @param gullible whether it obeys orders in the text of a conversation
 */
public record Behaviour(
        Latency latency,
        Map<Outcome, Double> shares,
        long seed,
        Burst burst,
        Duration retryAfter,
        Formats formats,
        boolean gullible) {

    /** What an endpoint knows of structured output. */
    public enum Formats {
        /** Everything. */
        JSON_SCHEMA,
        /** JSON without a schema; 400 to a schema. */
        JSON_OBJECT,
        /** 400 to any; the answer is JSON amid text. */
        NONE
    }

    /**
     * Times at which every request is answered 429 with the rest of the burst as {@code Retry-After}.
     *
     * @param every from the begin of one to the begin of the next; zero for none
     * @param length of each
     */
    public record Burst(Duration every, Duration length) {

        /** No bursts. */
        public static final Burst NONE = new Burst(Duration.ZERO, Duration.ZERO);

        /** @throws IllegalArgumentException naming the field, what it got and what it takes */
        public Burst {
            if (every.isNegative() || length.isNegative() || length.compareTo(every) > 0) {
                throw new IllegalArgumentException(
                        "burst.length_ms: got " + length.toMillis() + ", takes 0 to burst.every_ms");
            }
        }

        /** How long the burst that is on still lasts, this long after the stub's start; zero if none is on. */
        Duration rest(Duration sinceStart) {
            if (every.isZero()) {
                return Duration.ZERO;
            }
            var into = Duration.ofMillis(sinceStart.toMillis() % every.toMillis());
            return into.compareTo(length) < 0 ? length.minus(into) : Duration.ZERO;
        }
    }

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    public Behaviour {
        shares.forEach((outcome, share) -> {
            if (!Outcome.faults().contains(outcome) || !(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "faults." + outcome.json() + ": got " + share + ", takes a share of 0 to 1 of a fault");
            }
        });
        var sum = shares.values().stream().mapToDouble(share -> share).sum();
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("faults: got shares of " + sum + " together, takes 1 at most");
        }
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retry_after_ms: got " + retryAfter.toMillis() + ", takes 0 or more");
        }
        shares = Map.copyOf(shares);
    }

    /** Answers everything well, after this time. */
    public static Behaviour well(Duration latency) {
        return new Behaviour(
                Latency.fixed(latency), Map.of(), 1, Burst.NONE, Duration.ofSeconds(1), Formats.JSON_SCHEMA, false);
    }

    /** The same with faults of these kinds, each alike often and together this share of all requests. */
    public Behaviour failing(double share, long seed, Outcome... kinds) {
        var shares = new EnumMap<Outcome, Double>(Outcome.class);
        for (var kind : kinds) {
            shares.put(kind, share / kinds.length);
        }
        return new Behaviour(latency, shares, seed, burst, retryAfter, formats, gullible);
    }

    /** The same with another latency. */
    public Behaviour after(Latency other) {
        return new Behaviour(other, shares, seed, burst, retryAfter, formats, gullible);
    }

    /** The same with other bursts. */
    public Behaviour bursting(Burst other) {
        return new Behaviour(latency, shares, seed, other, retryAfter, formats, gullible);
    }

    /** The same with another {@code Retry-After}. */
    public Behaviour retryingAfter(Duration other) {
        return new Behaviour(latency, shares, seed, burst, other, formats, gullible);
    }

    /** The same, taking other response formats. */
    public Behaviour taking(Formats other) {
        return new Behaviour(latency, shares, seed, burst, retryAfter, other, gullible);
    }

    /** The same, obeying orders in the text. */
    public Behaviour gullibly() {
        return new Behaviour(latency, shares, seed, burst, retryAfter, formats, true);
    }

    /** What becomes of one request, bursts aside. */
    Outcome draw(RandomGenerator random) {
        var drawn = random.nextDouble();
        for (var outcome : Outcome.faults()) {
            drawn -= shares.getOrDefault(outcome, 0.0);
            if (drawn < 0) {
                return outcome;
            }
        }
        return Outcome.OK;
    }
}
