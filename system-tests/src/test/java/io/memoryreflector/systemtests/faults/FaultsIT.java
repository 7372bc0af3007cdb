package io.memoryreflector.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.systemtests.faults.agent.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code make faults}: ten faults over fifteen hundred interactions. */
class FaultsIT {

    private static final int SEED = 7;

    @Test
    void shouldLoseAndDoubleNothingUnderTenFaults() throws Exception {
        var plan = new Plan(
                "short",
                SEED,
                1_500,
                Schedule.of(SEED, 10),
                Behaviour.failing(),
                Duration.ofMinutes(20),
                Duration.ofMinutes(2));
        try (var stack = FaultyStack.start(plan.behaviour(), Duration.ofSeconds(2))) {
            var verdict = new FaultRun(stack.stack(), plan, (doing, done) -> {}).run();

            System.out.println(verdict.table());
            assertThat(verdict.findings().flaws()).as(verdict.table()).isEmpty();
            assertThat(verdict.isClean()).as(verdict.table()).isTrue();
            assertThat(verdict.recoveries()).hasSize(10);
        }
    }
}
