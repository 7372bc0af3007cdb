package io.memoryreflector.streams.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Tokens that namespaces have taken, day by day, by UTC. Keeps today and yesterday. Thread-safe. */
public final class SpentTokens {

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Set<String> limited = ConcurrentHashMap.newKeySet();
    private final Map<LocalDate, Map<String, LongAdder>> days = new ConcurrentHashMap<>();

    /** @param clock tells which day the metric shows */
    public SpentTokens(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    void add(LocalDate day, String namespace, long tokens) {
        days.computeIfAbsent(day, unused -> {
                    days.keySet().removeIf(old -> old.isBefore(day.minusDays(1)));
                    return new ConcurrentHashMap<>();
                })
                .computeIfAbsent(namespace, this::counter)
                .add(tokens);
    }

    /** Shows what a namespace may take in a day beside what it has taken. */
    void limit(String namespace, long budget) {
        if (limited.add(namespace)) {
            Gauge.builder("reflector.budget.tokens", () -> budget)
                    .description("Tokens of models that the namespace may take in a day")
                    .tag("namespace", namespace)
                    .register(metrics);
        }
    }

    long on(LocalDate day, String namespace) {
        var counter = days.getOrDefault(day, Map.of()).get(namespace);
        return counter == null ? 0 : counter.sum();
    }

    private LongAdder counter(String namespace) {
        Gauge.builder("reflector.budget.spent.tokens", () -> on(LocalDate.now(clock), namespace))
                .description("Tokens of models that the namespace has taken today, by UTC, in all instances")
                .tag("namespace", namespace)
                .register(metrics);
        return new LongAdder();
    }
}
