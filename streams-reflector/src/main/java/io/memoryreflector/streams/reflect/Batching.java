package io.memoryreflector.streams.reflect;

import java.time.Duration;

/**
 * How the waiting tasks of one user become one call.
 *
 * @param tasks {@code REFLECTION_BATCH_SIZE}: the most in a call
 * @param tokens {@code REFLECTION_BATCH_TOKENS}: the most in a call, unless a single task has more
 * @param linger {@code REFLECTION_BATCH_WAIT}: how long a task waits for company; HIGH and URGENT ones wait for none
 * @param waitsForOthers whether a task waits that long whatever its priority and its company, since another tier's call
 *     is about to bring its answer
 */
public record Batching(int tasks, int tokens, Duration linger, boolean waitsForOthers) {

    /** Of a lane that makes its own calls. */
    public Batching(int tasks, int tokens, Duration linger) {
        this(tasks, tokens, linger, false);
    }

    private static final int BYTES_A_TOKEN = 4;

    /** As many tasks as wait, at once. */
    public static Batching of(int tasks) {
        return new Batching(tasks, Integer.MAX_VALUE, Duration.ZERO);
    }

    /** About how many tokens a model makes of a record: English has four bytes a token. */
    static int tokens(int bytes) {
        return bytes / BYTES_A_TOKEN + 1;
    }
}
