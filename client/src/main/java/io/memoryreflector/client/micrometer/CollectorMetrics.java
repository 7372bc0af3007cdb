package io.memoryreflector.client.micrometer;

import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.Statistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Meters of a collector; their names begin with {@code reflector.client}. */
public final class CollectorMetrics implements MeterBinder {

    private final MemoryCollector collector;

    public CollectorMetrics(MemoryCollector collector) {
        this.collector = collector;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        counter(meters, "collected", "Interactions that were handed over", Statistics::collected);
        counter(meters, "refused", "Interactions that could be none", Statistics::refused);
        counter(meters, "duplicates", "Repeats that were not sent", Statistics::duplicates);
        counter(meters, "spilled", "Interactions that went to disk", Statistics::spilled);
        counter(meters, "slow", "Interactions that were sent, but slowly", Statistics::slow);
        counter(meters, "retries", "Attempts to send that failed", Statistics::retries);
        counter(meters, "cache.hits", "Repeats that the cache knew", Statistics::cacheHits);
        counter(meters, "cache.misses", "Lookups of which the cache knew nothing", Statistics::cacheMisses);
        for (var reason : Reason.values()) {
            FunctionCounter.builder("reflector.client.dropped", collector, it -> it.statistics()
                            .dropped()
                            .get(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .description("Interactions that were given up")
                    .register(meters);
        }
        FunctionTimer.builder(
                        "reflector.client.sent",
                        collector,
                        it -> it.statistics().sent(),
                        it -> it.statistics().sentTime().toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("Interactions that the log has, and the time from collect to its answer")
                .register(meters);
        gauge(meters, "buffered", "Interactions that wait in memory", Statistics::buffered);
        gauge(meters, "in.flight", "Interactions that are sent and not answered", Statistics::inFlight);
        gauge(meters, "on.disk", "Interactions that wait on disk", Statistics::onDisk);
    }

    private void counter(MeterRegistry meters, String name, String what, ToDoubleFunction<Statistics> count) {
        FunctionCounter.builder("reflector.client." + name, collector, it -> count.applyAsDouble(it.statistics()))
                .description(what)
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String what, ToDoubleFunction<Statistics> value) {
        Gauge.builder("reflector.client." + name, collector, it -> value.applyAsDouble(it.statistics()))
                .description(what)
                .register(meters);
    }
}
