package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts calls, tokens, what they cost, and what was at hand. Thread-safe. */
final class ModelMetrics {

    private static final double TOKENS_PER_PRICE = 1e6;

    private final MeterRegistry registry;
    private final String model;
    private final double inputPrice;
    private final double outputPrice;

    /**
     * @param inputPrice US dollars per million tokens; 0 shows no cost
     * @param outputPrice likewise
     */
    ModelMetrics(MeterRegistry registry, String model, double inputPrice, double outputPrice) {
        this.registry = registry;
        this.model = model;
        this.inputPrice = inputPrice;
        this.outputPrice = outputPrice;
    }

    void call(String what, String outcome) {
        registry.counter("reflector.model.calls", "tier", what, "outcome", outcome, "model", model)
                .increment();
    }

    void tokens(Scope scope, String namespace, long input, long output) {
        count(scope, namespace, "input", input);
        count(scope, namespace, "output", output);
        var cost = (input * inputPrice + output * outputPrice) / TOKENS_PER_PRICE;
        if (cost > 0) {
            registry.counter("reflector.model.cost.usd", "tier", scope.word(), "namespace", namespace, "model", model)
                    .increment(cost);
        }
    }

    void cache(Tier tier, boolean hit, int tasks) {
        if (tasks > 0) {
            registry.counter(
                            "reflector.model.cache",
                            "tier",
                            tier.name().toLowerCase(Locale.ROOT),
                            "outcome",
                            hit ? "hit" : "miss")
                    .increment(tasks);
        }
    }

    private void count(Scope scope, String namespace, String kind, long tokens) {
        registry.counter(
                        "reflector.model.tokens",
                        "tier",
                        scope.word(),
                        "kind",
                        kind,
                        "namespace",
                        namespace,
                        "model",
                        model)
                .increment(tokens);
    }
}
