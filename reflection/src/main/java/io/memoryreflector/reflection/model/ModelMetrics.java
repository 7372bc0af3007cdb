package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** Counts calls, tokens, what they cost, and what was at hand. Thread-safe. */
final class ModelMetrics {

    private static final double TOKENS_PER_PRICE = 1e6;

    private final MeterProvider<Counter> calls;
    private final MeterProvider<Counter> tokens;
    private final MeterProvider<Counter> cost;
    private final MeterProvider<Counter> cache;
    private final double inputPrice;
    private final double outputPrice;

    /**
     * @param inputPrice US dollars per million tokens; 0 shows no cost
     * @param outputPrice likewise
     */
    ModelMetrics(MeterRegistry registry, String model, double inputPrice, double outputPrice) {
        this.calls = counter("reflector.model.calls", "Calls of the model by how they turned out")
                .tag("model", model)
                .withRegistry(registry);
        this.tokens = counter("reflector.model.tokens", "Tokens as the provider counts them")
                .tag("model", model)
                .withRegistry(registry);
        this.cost = counter("reflector.model.cost.usd", "What the tokens cost, in US dollars")
                .tag("model", model)
                .withRegistry(registry);
        this.cache = counter("reflector.model.cache", "Tasks that needed no call, and those that did")
                .withRegistry(registry);
        this.inputPrice = inputPrice;
        this.outputPrice = outputPrice;
    }

    void call(String what, String outcome) {
        calls.withTags("tier", what, "outcome", outcome).increment();
    }

    void tokens(Scope scope, String namespace, long input, long output) {
        var whose = Tags.of("tier", scope.word(), "namespace", namespace);
        tokens.withTags(whose.and("kind", "input")).increment(input);
        tokens.withTags(whose.and("kind", "output")).increment(output);
        var dollars = (input * inputPrice + output * outputPrice) / TOKENS_PER_PRICE;
        if (dollars > 0) {
            cost.withTags(whose).increment(dollars);
        }
    }

    void cache(Tier tier, boolean hit, int tasks) {
        if (tasks > 0) {
            cache.withTags("tier", tier.name().toLowerCase(Locale.ROOT), "outcome", hit ? "hit" : "miss")
                    .increment(tasks);
        }
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }
}
