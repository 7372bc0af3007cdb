package io.memoryreflector.store.status;

import java.util.Map;

/**
 * Counts of interactions by what became of them.
 *
 * @param received that the log has
 * @param completed of them, with all tiers
 * @param partial with one tier failed
 * @param failed with more tiers failed
 * @param skipped while nothing was to be reflected
 */
public record Totals(long received, long completed, long partial, long failed, long skipped) {

    static Totals of(Map<String, String> numbers) {
        return new Totals(
                number(numbers, "received"),
                number(numbers, "completed"),
                number(numbers, "partial"),
                number(numbers, "failed"),
                number(numbers, "skipped"));
    }

    /** Received and not known to be reflected and recallable. */
    public long pending() {
        return Math.max(0, received - done());
    }

    /** Of which is known what became. */
    public long done() {
        return completed + partial + failed + skipped;
    }

    private static long number(Map<String, String> numbers, String name) {
        return Long.parseLong(numbers.getOrDefault(name, "0"));
    }
}
