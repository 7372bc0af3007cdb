package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Counts interactions by what became of them, and measures how long a write took. Thread-safe. */
@Component
final class IngestMetrics {

    private static final List<String> STATUSES =
            List.of("queued_reflection", "spooled", "duplicate", "rejected", "conflict", "unavailable");

    private final MeterProvider<Counter> interactions;
    private final Timer ingest;

    IngestMetrics(MeterRegistry meters) {
        this.interactions = Counter.builder("reflector.interactions")
                .description("Interactions that were handed over, by entrance and answer")
                .withRegistry(meters);
        this.ingest = Timer.builder("reflector.ingest")
                .description("From a write's arrival to its answer")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
        // The series are there from the first scrape on, so that the first of each is seen to happen.
        STATUSES.forEach(status -> counter(Source.REST, status));
    }

    <T> T timed(Supplier<T> write) {
        return ingest.record(write);
    }

    void answered(Source source, String status) {
        counter(source, status).increment();
    }

    void rejected(Source source, HttpStatus status) {
        var answer =
                switch (status) {
                    case CONFLICT -> "conflict";
                    case SERVICE_UNAVAILABLE -> "unavailable";
                    default -> "rejected";
                };
        counter(source, answer).increment();
    }

    private Counter counter(Source source, String status) {
        return interactions.withTags("source", source.name().toLowerCase(Locale.ROOT), "status", status);
    }
}
