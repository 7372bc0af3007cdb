package io.memoryreflector.ingest.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Counters of the last seconds, and how fast they grow. To be used by one thread at a time. */
final class Rates {

    private final Duration window;
    private final Deque<Counts> counts = new ArrayDeque<>();

    private record Counts(Instant at, Map<String, Double> values) {}

    /** @param window over which a rate is taken, in full once so much was counted */
    Rates(Duration window) {
        this.window = window;
    }

    /** Takes in what the counters say now. What is older than the window is forgotten, but for the newest of it. */
    void counted(Instant at, Map<String, Double> values) {
        counts.addLast(new Counts(at, Map.copyOf(values)));
        while (counts.size() > 2 && age(second(), at).compareTo(window) >= 0) {
            counts.removeFirst();
        }
        while (counts.size() > 1 && age(counts.peekFirst(), at).compareTo(window.multipliedBy(2)) > 0) {
            counts.removeFirst();
        }
    }

    /** Whether there are two counts to compare. */
    boolean areKnown() {
        return counts.size() > 1;
    }

    /** How much a counter grew a second; empty where it is not known. A counter that began anew counts from zero. */
    OptionalDouble perSecond(String counter) {
        var known = counts.stream()
                .filter(count -> count.values().containsKey(counter))
                .toList();
        if (known.size() < 2) {
            return OptionalDouble.empty();
        }
        var grown = 0.0;
        for (var i = 1; i < known.size(); i++) {
            var before = known.get(i - 1).values().get(counter);
            var now = known.get(i).values().get(counter);
            grown += now >= before ? now - before : now;
        }
        var seconds =
                Duration.between(known.get(0).at(), known.get(known.size() - 1).at())
                                .toMillis()
                        / 1e3;
        return seconds > 0 ? OptionalDouble.of(grown / seconds) : OptionalDouble.empty();
    }

    /** When the counters were last read. */
    Optional<Instant> last() {
        return Optional.ofNullable(counts.peekLast()).map(Counts::at);
    }

    private Counts second() {
        var all = counts.iterator();
        all.next();
        return all.next();
    }

    private static Duration age(Counts count, Instant now) {
        return Duration.between(count.at(), now);
    }
}
