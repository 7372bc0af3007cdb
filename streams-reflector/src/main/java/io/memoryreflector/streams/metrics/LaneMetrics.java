package io.memoryreflector.streams.metrics;

import io.memoryreflector.events.Tier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** What one lane tells of itself, over all its partitions in this process. Thread-safe. */
public final class LaneMetrics {

    /** One partition's part of a lane, as read by any thread. */
    public interface Stage {

        /** Tasks accepted and not settled. */
        int pending();

        /** Since when the oldest of them waits, in milliseconds since 1970; {@link Long#MAX_VALUE} for none. */
        long oldestPendingSince();
    }

    private final MeterRegistry registry;
    private final String tier;
    private final Timer seconds;
    private final Timer endToEnd;
    private final Set<Stage> stages = ConcurrentHashMap.newKeySet();

    /**
     * Registers the lane's metrics.
     *
     * @param circuitState 0 closed, 1 half open, 2 open
     * @param inFlight calls that the provider has not answered
     */
    public LaneMetrics(MeterRegistry registry, Tier tier, IntSupplier circuitState, IntSupplier inFlight) {
        this.registry = registry;
        this.tier = tier.name().toLowerCase(Locale.ROOT);
        this.seconds = Timer.builder("reflector.reflection")
                .description("Time of one call of a reflector")
                .tag("tier", this.tier)
                .publishPercentileHistogram()
                .register(registry);
        this.endToEnd = Timer.builder("reflector.end.to.end")
                .description("From the interaction's record to its settled reflection")
                .tag("tier", this.tier)
                .publishPercentileHistogram()
                .register(registry);
        Gauge.builder("reflector.pending", stages, s -> s.stream()
                        .mapToInt(Stage::pending)
                        .sum())
                .description("Tasks accepted and not settled")
                .tag("tier", this.tier)
                .register(registry);
        Gauge.builder("reflector.pending.oldest.seconds", stages, LaneMetrics::oldestAgeSeconds)
                .description("Age of the oldest task that is accepted and not settled")
                .tag("tier", this.tier)
                .register(registry);
        Gauge.builder("reflector.circuit.state", circuitState, IntSupplier::getAsInt)
                .description("Whether the provider is asked: 0 closed, 1 half open, 2 open")
                .tag("tier", this.tier)
                .strongReference(true)
                .register(registry);
        Gauge.builder("reflector.in.flight", inFlight, IntSupplier::getAsInt)
                .description("Calls that are not answered")
                .tag("tier", this.tier)
                .strongReference(true)
                .register(registry);
    }

    /** A partition's stage begins. */
    public void opened(Stage stage) {
        stages.add(stage);
    }

    /** A partition's stage ends here. */
    public void closed(Stage stage) {
        stages.remove(stage);
    }

    /** A call took this long. */
    public void took(Duration duration) {
        seconds.record(duration);
    }

    /** A task was settled this long after its interaction's record. */
    public void settled(String outcome, Duration sinceRecorded) {
        registry.counter("reflector.reflections", "tier", tier, "outcome", outcome)
                .increment();
        if (!sinceRecorded.isNegative()) {
            endToEnd.record(sinceRecorded);
        }
    }

    /** A task goes to the retry topic. */
    public void retried() {
        registry.counter("reflector.retries", "tier", tier).increment();
    }

    /** A task is parked. */
    public void parked(String reason) {
        registry.counter("reflector.dead.letters", "tier", tier, "reason", reason)
                .increment();
    }

    /** A memory is held back from recall. */
    public void heldBack() {
        registry.counter("reflector.quarantined", "tier", tier).increment();
    }

    private static double oldestAgeSeconds(Set<Stage> stages) {
        var oldest = stages.stream().mapToLong(Stage::oldestPendingSince).min().orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, System.currentTimeMillis() - oldest) / 1000.0;
    }
}
