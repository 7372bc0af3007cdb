package io.memoryreflector.streams.admission;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many tokens a namespace may take in a day, by UTC. What was taken is read from the log, so it holds over restarts
 * and for all instances together; calls that are under way when it is spent are still paid for. Thread-safe.
 */
public final class DailyBudgets {

    private static final Logger LOG = LoggerFactory.getLogger(DailyBudgets.class);

    /** Stands for every namespace that has no budget of its own. */
    public static final String ANY = "*";

    private final Map<String, Long> budgets;
    private final SpentTokens spent;
    private final Map<String, LocalDate> told = new ConcurrentHashMap<>();

    /** @param budgets tokens a day by namespace, or by {@link #ANY} */
    public DailyBudgets(Map<String, Long> budgets, SpentTokens spent) {
        this.budgets = Map.copyOf(budgets);
        this.spent = spent;
    }

    /** Until when the namespace has to wait, in milliseconds since 1970; empty if it need not. */
    OptionalLong spentUntil(String namespace, long now) {
        var budget = budgets.getOrDefault(namespace, budgets.get(ANY));
        if (budget == null) {
            return OptionalLong.empty();
        }
        spent.limit(namespace, budget);
        var today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
        var taken = spent.on(today, namespace);
        if (taken < budget) {
            return OptionalLong.empty();
        }
        if (!today.equals(told.put(namespace, today))) {
            LOG.warn(
                    "namespace {} has taken {} of {} tokens today; its tasks wait until midnight UTC",
                    namespace,
                    taken,
                    budget);
        }
        return OptionalLong.of(
                today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }
}
