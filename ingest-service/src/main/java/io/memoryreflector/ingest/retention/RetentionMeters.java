package io.memoryreflector.ingest.retention;

import io.memoryreflector.store.retention.Cleaned;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Counts what cleaning has done. Thread-safe. */
@Component
final class RetentionMeters {

    private static final String NAME = "reflector.retention";

    private final Counter interactions;
    private final Counter sessions;
    private final Counter memories;
    private final Counter failures;
    private final AtomicLong kept = new AtomicLong();

    RetentionMeters(MeterRegistry meters) {
        interactions = counter(meters, "interactions");
        sessions = counter(meters, "sessions");
        memories = counter(meters, "memories");
        failures = Counter.builder("reflector.retention.failures")
                .description("Cleanups that ended with an error; what was left is done by the next one")
                .register(meters);
        Gauge.builder("reflector.retention.kept", kept, AtomicLong::get)
                .description("Interactions that the last cleanup left, because they are not reflected")
                .register(meters);
    }

    /** @throws RuntimeException what the run throws, counted */
    Cleaned counted(Supplier<Cleaned> run) {
        try {
            var cleaned = run.get();
            interactions.increment(cleaned.interactions());
            sessions.increment(cleaned.sessions());
            memories.increment(cleaned.memories());
            kept.set(cleaned.kept());
            return cleaned;
        } catch (RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }

    private static Counter counter(MeterRegistry meters, String what) {
        return Counter.builder(NAME)
                .description("What was taken out of the stores, having been kept for long enough")
                .tag("what", what)
                .register(meters);
    }
}
