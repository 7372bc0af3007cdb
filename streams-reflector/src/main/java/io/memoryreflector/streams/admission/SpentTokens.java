package io.memoryreflector.streams.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Tokens that namespaces have taken, day by day, by UTC. Keeps today and yesterday. Thread-safe. */
public final class SpentTokens {

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Set<List<String>> shown = ConcurrentHashMap.newKeySet();
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
        show(
                "reflector.budget.tokens",
                "Tokens of models that the namespace may take in a day",
                namespace,
                () -> budget);
    }

    long on(LocalDate day, String namespace) {
        var counter = days.getOrDefault(day, Map.of()).get(namespace);
        return counter == null ? 0 : counter.sum();
    }

    private LongAdder counter(String namespace) {
        show(
                "reflector.budget.spent.tokens",
                "Tokens of models that the namespace has taken today, by UTC, in all instances",
                namespace,
                () -> on(LocalDate.now(clock), namespace));
        return new LongAdder();
    }

    /** Once, though it is asked for again on the next day. */
    private void show(String name, String description, String namespace, Supplier<Number> value) {
        if (shown.add(List.of(name, namespace))) {
            Gauge.builder(name, value)
                    .description(description)
                    .tag("namespace", namespace)
                    .register(metrics);
        }
    }
}
