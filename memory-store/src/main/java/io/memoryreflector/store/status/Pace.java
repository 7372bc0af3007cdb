package io.memoryreflector.store.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How fast interactions became final, by the last of them. Pure.
 *
 * @param ends the newest first
 */
public record Pace(List<End> ends) {

    /**
     * An interaction became final.
     *
     * @param took from its receipt to then
     */
    public record End(Instant at, Duration took) {

        static End parse(String text) {
            var colon = text.indexOf(':');
            return new End(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, colon))),
                    Duration.ofMillis(Long.parseLong(text.substring(colon + 1))));
        }
    }

    /** How many a second within the time before now; of at most as many as are kept. */
    public double rate(Instant now, Duration time) {
        var begin = now.minus(time);
        var within = ends.stream().filter(end -> !end.at().isBefore(begin)).toList();
        if (within.isEmpty()) {
            return 0;
        }
        // Where all that are kept are younger, they are all that is known.
        var known = within.size() < ends.size()
                ? time
                : Duration.between(within.get(within.size() - 1).at(), now);
        return within.size() / Math.max(1.0, known.toMillis() / 1e3);
    }

    /** How many in the fastest second: what can be done where enough waits. */
    public int most() {
        var most = 0;
        for (int newest = 0, oldest = 0; oldest < ends.size(); oldest++) {
            while (Duration.between(ends.get(oldest).at(), ends.get(newest).at())
                            .toMillis()
                    >= 1_000) {
                newest++;
            }
            most = Math.max(most, oldest - newest + 1);
        }
        return most;
    }

    /** The time that a share of them took at most; empty where none is known. */
    public Optional<Duration> quantile(double share) {
        var sorted = ends.stream().map(End::took).sorted().toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1)))));
    }
}
