package io.memoryreflector.systemtests.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the stub answers a request: well, or with one of the faults of a real endpoint. */
public enum Outcome {
    /** A valid answer. */
    OK,
    /** 429 with {@code Retry-After}, by chance or in a burst. */
    RATE_LIMITED,
    /** One of 500, 502, 503 and 504. */
    SERVER_ERROR,
    /** The connection is closed before the first byte. */
    DROPPED,
    /** The connection is closed in the middle of the body. */
    HALF,
    /** 200, and a body that begins and never ends. */
    ENDLESS,
    /** 200 with content that is no JSON. */
    INVALID_JSON,
    /** 200 with JSON of another schema than was asked for. */
    WRONG_SCHEMA,
    /** 200 with a refusal in the place of content. */
    REFUSED,
    /** 401, as after a key was revoked. */
    UNAUTHORIZED,
    /** 429 with the code {@code insufficient_quota}: no credit is left. */
    QUOTA_SPENT,
    /** 400 to a request that the endpoint does not take, such as a response format that it does not know. */
    BAD_REQUEST;

    private static final List<Outcome> FAULTS = Arrays.stream(values())
            .filter(outcome -> outcome != OK && outcome != BAD_REQUEST)
            .toList();

    private static final List<Outcome> TRANSIENT = List.of(RATE_LIMITED, SERVER_ERROR, DROPPED, HALF, ENDLESS);

    private static final List<Outcome> INVALID = List.of(INVALID_JSON, WRONG_SCHEMA);

    /** Those that can be asked for by share. */
    public static List<Outcome> faults() {
        return FAULTS;
    }

    /** Whether another attempt may well succeed. */
    public boolean passes() {
        return TRANSIENT.contains(this);
    }

    /** Whether it is an answer that a client may ask to have repaired. */
    public boolean isInvalidAnswer() {
        return INVALID.contains(this);
    }

    /** As it stands in JSON. */
    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
