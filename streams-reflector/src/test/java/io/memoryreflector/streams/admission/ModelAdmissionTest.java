package io.memoryreflector.streams.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.reflection.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelAdmissionTest {

    private static final Instant NOON = Instant.parse("2026-05-02T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-05-02");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SpentTokens spent = new SpentTokens(metrics, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void shouldLetANamespaceWaitForMidnightOnceItsBudgetIsSpent() {
        var admission = admission(new RateLimit(0, 0), Map.of("acme", 1_000L, "*", 500L));
        spent.add(TODAY, "acme", 999);
        spent.add(TODAY.minusDays(1), "acme", 5_000);
        spent.add(TODAY, "other", 500);

        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Granted.class);
        spent.add(TODAY, "acme", 1);
        assertThat(ask(admission, "acme")).isEqualTo(new Admission.NotBefore(midnight()));
        assertThat(ask(admission, "other")).isEqualTo(new Admission.NotBefore(midnight()));
        assertThat(ask(admission, "third")).isInstanceOf(Admission.Granted.class);
        assertThat(admission.ask("acme", 1, midnight())).isInstanceOf(Admission.Granted.class);
        assertThat(metrics.get("reflector.budget.spent.tokens")
                        .tag("namespace", "acme")
                        .gauge()
                        .value())
                .isEqualTo(1_000);
        assertThat(metrics.get("reflector.budget.tokens")
                        .tag("namespace", "other")
                        .gauge()
                        .value())
                .isEqualTo(500);
    }

    @Test
    void shouldLetNobodyCallBeforeItIsKnownWhatWasSpent() {
        var admission = new ModelAdmission(new RateLimit(0, 0), new DailyBudgets(Map.of(), spent), () -> false);

        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Later.class);
    }

    @Test
    void shouldKeepToTheRequestsOfAMinute() {
        var admission = admission(new RateLimit(6, 0), Map.of());

        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Granted.class);
        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Later.class);
        admission.settle(1, Usage.NONE);
        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void shouldChargeWhatACallHasReallyTaken() {
        var admission = admission(new RateLimit(0, 6_000), Map.of());

        assertThat(admission.ask("acme", 900, 0)).isInstanceOf(Admission.Granted.class);
        admission.settle(900, new Usage(1_500, 500, 1));
        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Later.class);
        admission.settle(2_000, new Usage(0, 0, 1));
        assertThat(ask(admission, "acme")).isInstanceOf(Admission.Granted.class);
    }

    private ModelAdmission admission(RateLimit rate, Map<String, Long> budgets) {
        return new ModelAdmission(rate, new DailyBudgets(budgets, spent), () -> true);
    }

    private static Admission.Verdict ask(Admission admission, String namespace) {
        return admission.ask(namespace, 1, NOON.toEpochMilli());
    }

    private static long midnight() {
        return Instant.parse("2026-05-03T00:00:00Z").toEpochMilli();
    }
}
