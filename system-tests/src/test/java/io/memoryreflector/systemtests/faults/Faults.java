package io.memoryreflector.systemtests.faults;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.systemtests.faults.agent.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * {@code make faults}: one long run, told by {@code INTERACTIONS}, {@code FAULTS}, {@code SEED}, {@code MINUTES},
 * {@code TRANSIENT} and {@code PERMANENT}. Ends with 0 if the verdict is clean, 1 if not, 2 for a wrong setting.
 */
public final class Faults {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration CALL = Duration.ofSeconds(2);

    private Faults() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            System.exit(run(Environment.ofProcess()) ? 0 : 1);
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Environment environment) throws IOException, InterruptedException {
        var seed = environment.integer("SEED", (int) (System.nanoTime() & 0xF_FFFF), 0, Integer.MAX_VALUE);
        var faults = environment.integer("FAULTS", 30, 0, 10_000);
        var behaviour = new Behaviour(
                false,
                environment.integer("DELAY_MS", 20, 0, 10_000),
                environment.integer("TRANSIENT", 30, 0, 90) / 100.0,
                environment.integer("PERMANENT", 2, 0, 100) / 100.0,
                Optional.empty());
        var plan = new Plan(
                "f" + Integer.toString(seed, Character.MAX_RADIX),
                seed,
                environment.integer("INTERACTIONS", 20_000, 300, 100_000_000),
                Schedule.of(seed, faults),
                behaviour,
                Duration.ofMinutes(environment.integer("MINUTES", 600, 1, 100_000)),
                PATIENCE);
        System.out.printf(
                "SEED=%d INTERACTIONS=%d FAULTS=%d; starting the servers ...%n", seed, plan.interactions(), faults);
        try (var stack = FaultyStack.start(behaviour, CALL)) {
            var verdict = withBar(stack, plan);
            System.out.println();
            verdict.recoveries()
                    .forEach(each -> System.out.printf(
                            "  %-40s %s%n",
                            each.fault(),
                            each.took().map(took -> took.toMillis() + " ms").orElse("not recovered")));
            System.out.println(verdict.table());
            return verdict.isClean();
        }
    }

    private static Verdict withBar(FaultyStack stack, Plan plan) throws IOException, InterruptedException {
        try (var bar = bar(plan)) {
            return new FaultRun(stack.stack(), plan, (doing, done) -> {
                        bar.setExtraMessage(doing);
                        bar.stepTo(done);
                    })
                    .run();
        }
    }

    private static ProgressBar bar(Plan plan) {
        return new ProgressBarBuilder()
                .setTaskName("interactions")
                .setInitialMax(plan.interactions())
                .setUpdateIntervalMillis(1_000)
                .build();
    }
}
