package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts interactions by what became of them, and measures how long a write took. Thread-safe. */
@Component
final class IngestMetrics {

    private final MeterRegistry meters;
    private final Timer ingest;

    IngestMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.ingest = Timer.builder("reflector.ingest")
                .description("From a write's arrival to its answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
        // The series are there from the first scrape on.
        count(Source.REST, "queued_reflection", 0);
        count(Source.REST, "spooled", 0);
        count(Source.REST, "duplicate", 0);
    }

    <T> T timed(Supplier<T> write) {
        return ingest.record(write);
    }

    void answered(Source source, String status) {
        count(source, status, 1);
    }

    void rejected(Source source, HttpStatus status) {
        count(
                source,
                switch (status) {
                    case CONFLICT -> "conflict";
                    case SERVICE_UNAVAILABLE -> "unavailable";
                    default -> "rejected";
                },
                1);
    }

    private void count(Source source, String status, int by) {
        meters.counter("reflector.interactions", "source", source.name().toLowerCase(Locale.ROOT), "status", status)
                .increment(by);
    }
}
