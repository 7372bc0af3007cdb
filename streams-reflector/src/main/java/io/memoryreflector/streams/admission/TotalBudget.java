package io.memoryreflector.streams.admission;

import io.memoryreflector.reflection.Usage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many tokens a reflector may take in all its time. What was taken is told by the log, so it holds over restarts; calls
 * that are under way when it is spent are still paid for. Once it is spent, tasks wait for a larger one. Thread-safe.
 */
public final class TotalBudget {

    private static final Logger LOG = LoggerFactory.getLogger(TotalBudget.class);

    private final long budget;
    private final LongAdder spent = new LongAdder();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param budget in tokens, 0 for no limit */
    public TotalBudget(long budget, MeterRegistry metrics) {
        this.budget = budget;
        Gauge.builder("reflector.shadow.tokens", () -> budget)
                .description("Tokens of models that this shadow may take in all, 0 for no limit")
                .register(metrics);
        Gauge.builder("reflector.shadow.spent.tokens", spent::sum)
                .description("Tokens of models that this shadow has taken in all, in all instances")
                .register(metrics);
    }

    void add(long tokens) {
        spent.add(tokens);
    }

    private boolean isSpent() {
        var isSpent = budget > 0 && spent.sum() >= budget;
        if (isSpent && told.compareAndSet(false, true)) {
            LOG.warn(
                    "the shadow has taken {} of {} tokens; its tasks wait for more SHADOW_TOKENS", spent.sum(), budget);
        }
        return isSpent;
    }

    /** Lets nobody call once the budget is spent; before, the other is asked. */
    public Admission before(Admission other) {
        return new Admission() {
            @Override
            public Verdict ask(String namespace, int tokens, long now) {
                return isSpent() ? new Later() : other.ask(namespace, tokens, now);
            }

            @Override
            public void settle(int tokens, Usage usage) {
                other.settle(tokens, usage);
            }
        };
    }
}
