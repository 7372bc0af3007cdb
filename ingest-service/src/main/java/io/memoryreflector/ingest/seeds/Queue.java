package io.memoryreflector.ingest.seeds;

import io.memoryreflector.store.status.StatusTotals;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How much waits to be reflected, and for how long. Thread-safe. */
@Component
final class Queue {

    private final StatusTotals totals;

    Queue(StatusTotals totals) {
        this.totals = totals;
    }

    /** Interactions of anybody that are in and of which is not known what became. */
    long length() {
        return totals.all().pending();
    }

    /**
     * Until so many more are reflected, at the pace of the fastest second of late, and not sooner than half of the last
     * ones were; empty until anything ever was.
     */
    Optional<Duration> estimate(long interactions) {
        var pace = totals.pace();
        return pace.quantile(0.5).map(usual -> {
            var atFullPace = Duration.ofMillis(1_000 * interactions / Math.max(1, pace.most()));
            return atFullPace.compareTo(usual) > 0 ? atFullPace : usual;
        });
    }

    /** In seconds; null where there is none. */
    static Double seconds(Optional<Duration> time) {
        return time.map(known -> known.toMillis() / 1e3).orElse(null);
    }
}
