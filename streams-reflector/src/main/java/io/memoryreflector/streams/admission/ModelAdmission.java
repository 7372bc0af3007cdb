package io.memoryreflector.streams.admission;

import io.memoryreflector.reflection.Usage;
import java.util.function.BooleanSupplier;

/**
 * Budgets first, since they say who may call at all, and then the provider's limits. Thread-safe.
 *
 * @param budgetsKnown whether what was spent before the start is known; nobody calls before
 */
public record ModelAdmission(RateLimit rate, DailyBudgets budgets, BooleanSupplier budgetsKnown) implements Admission {

    @Override
    public Verdict ask(String namespace, int tokens, long now) {
        if (!budgetsKnown.getAsBoolean()) {
            return new Later();
        }
        var until = budgets.spentUntil(namespace, now);
        if (until.isPresent()) {
            return new NotBefore(until.getAsLong());
        }
        return rate.tryTake(tokens) ? new Granted() : new Later();
    }

    @Override
    public void settle(int tokens, Usage usage) {
        rate.settle(tokens, usage);
    }
}
