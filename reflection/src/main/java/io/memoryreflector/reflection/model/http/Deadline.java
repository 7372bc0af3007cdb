package io.memoryreflector.reflection.model.http;

import java.time.Duration;

/**
 * When something has to be over, whatever it is made of.
 *
 * @param nanoTime as {@link System#nanoTime} will tell it then
 */
public record Deadline(long nanoTime) {

    /** So long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Time that is left, zero once it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }
}
