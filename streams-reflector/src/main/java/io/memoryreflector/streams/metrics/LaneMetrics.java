package io.memoryreflector.streams.metrics;

import io.memoryreflector.events.Tier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** What one lane, or the stage of the sessions, tells of itself, over all its partitions in this process. Thread-safe. */
public final class LaneMetrics {

    /** One partition's part of a lane, as read by any thread. */
    public interface Stage {

        /** Tasks accepted and not settled. */
        int pending();

        /** Since when the oldest of them waits, in milliseconds since 1970; {@link Long#MAX_VALUE} for none. */
        long oldestPendingSince();
    }

    private static final List<String> OUTCOMES = List.of("completed", "failed");
    private static final List<String> REASONS = List.of("exhausted", "permanent");

    /** Above the bound of the alert on slow reflection, with the longest pauses between attempts. */
    private static final Duration LONGEST_WAY = Duration.ofHours(1);

    private final MeterProvider<Counter> reflections;
    private final MeterProvider<Counter> deadLetters;
    private final Counter retries;
    private final Counter quarantined;
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
        this(registry, tier.name().toLowerCase(Locale.ROOT), circuitState, inFlight);
    }

    /** The same of what is no tier, under a name of its own. */
    public LaneMetrics(MeterRegistry registry, String tier, IntSupplier circuitState, IntSupplier inFlight) {
        var lane = Tag.of("tier", tier);
        this.reflections =
                counter("reflector.reflections", "Tasks that are settled", lane).withRegistry(registry);
        this.deadLetters =
                counter("reflector.dead.letters", "Tasks that are parked", lane).withRegistry(registry);
        this.retries = counter("reflector.retries", "Attempts that failed in passing", lane)
                .register(registry);
        this.quarantined = counter("reflector.quarantined", "Memories that are held back from recall", lane)
                .register(registry);
        this.seconds = Timer.builder("reflector.reflection")
                .description("Time of one call of a reflector")
                .tags(Tags.of(lane))
                .publishPercentileHistogram()
                .register(registry);
        this.endToEnd = Timer.builder("reflector.end.to.end")
                .description("From the interaction's record to its settled reflection")
                .tags(Tags.of(lane))
                .publishPercentileHistogram()
                .maximumExpectedValue(LONGEST_WAY)
                .register(registry);
        // The series are there from the first scrape on, so that the first of each is seen to happen.
        OUTCOMES.forEach(outcome -> reflections.withTag("outcome", outcome));
        REASONS.forEach(reason -> deadLetters.withTag("reason", reason));
        Gauge.builder("reflector.pending", this::pending)
                .description("Tasks accepted and not settled")
                .tags(Tags.of(lane))
                .register(registry);
        Gauge.builder("reflector.pending.oldest.seconds", stages, LaneMetrics::oldestAgeSeconds)
                .description("Age of the oldest task that is accepted and not settled")
                .tags(Tags.of(lane))
                .register(registry);
        Gauge.builder("reflector.circuit.state", circuitState, IntSupplier::getAsInt)
                .description("Whether the provider is asked: 0 closed, 1 half open, 2 open")
                .tags(Tags.of(lane))
                .strongReference(true)
                .register(registry);
        Gauge.builder("reflector.in.flight", inFlight, IntSupplier::getAsInt)
                .description("Calls that are not answered")
                .tags(Tags.of(lane))
                .strongReference(true)
                .register(registry);
    }

    /** Tasks accepted and not settled. */
    public int pending() {
        return stages.stream().mapToInt(Stage::pending).sum();
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
        reflections.withTag("outcome", outcome).increment();
        if (!sinceRecorded.isNegative()) {
            endToEnd.record(sinceRecorded);
        }
    }

    /** A task goes to the retry topic. */
    public void retried() {
        retries.increment();
    }

    /** A task is parked. */
    public void parked(String reason) {
        deadLetters.withTag("reason", reason).increment();
    }

    /** A memory is held back from recall. */
    public void heldBack() {
        quarantined.increment();
    }

    private static Counter.Builder counter(String name, String description, Tag lane) {
        return Counter.builder(name).description(description).tags(Tags.of(lane));
    }

    private static double oldestAgeSeconds(Set<Stage> stages) {
        var oldest = stages.stream().mapToLong(Stage::oldestPendingSince).min().orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, System.currentTimeMillis() - oldest) / 1000.0;
    }
}
