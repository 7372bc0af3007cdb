package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.problem.RequestProblem;

/** How much a request may ask for; more is a 400 that names the field. */
final class Bounds {

    private static final int DEFAULT_LIMIT = 10_000;
    private static final int MAX_LIMIT = 100_000;
    private static final int MAX_REASON = 1_000;

    private Bounds() {}

    /** Letters of one job. */
    static int limit(Integer value) {
        return integer("limit", value, DEFAULT_LIMIT, MAX_LIMIT);
    }

    /** A whole number from 1 to a bound. */
    static int integer(String field, Integer value, int otherwise, int max) {
        if (value == null) {
            return otherwise;
        }
        if (value < 1 || value > max) {
            throw RequestProblem.parameter(field, "got " + value + ", takes a whole number from 1 to " + max);
        }
        return value;
    }

    /** The operator's reason; null without one. */
    static String reason(String value) {
        if (value != null && value.length() > MAX_REASON) {
            throw RequestProblem.parameter(
                    "reason", "got " + value.length() + " characters, takes " + MAX_REASON + " at most");
        }
        return value == null || value.isBlank() ? null : value;
    }
}
