package io.memoryreflector.store.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionsTest {

    private static final Instant ASKED = Instant.parse("2026-06-10T12:00:00Z");
    private static final Instant OLDEST = Instant.parse("2024-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What did I do in June 2025?                 | 2025-06-01 | 2025-06-30",
                "Where was I last May?                       | 2026-05-01 | 2026-05-31",
                "What happened last July?                    | 2025-07-01 | 2025-07-31",
                "What did Ada say on 7 May 2025?             | 2025-05-07 | 2025-05-07",
                "What did Ada say on May 7th, 2025?          | 2025-05-07 | 2025-05-07",
                "And on 2025-05-07?                          | 2025-05-07 | 2025-05-07",
                "Who came in 2025?                           | 2025-01-01 | 2025-12-31",
                "What did we eat yesterday?                  | 2026-06-09 | 2026-06-09",
                "What did I read two weeks ago?              | 2026-05-24 | 2026-05-30",
                "What did we plan last week?                 | 2026-06-01 | 2026-06-07",
                "What did we do last weekend?                | 2026-06-06 | 2026-06-07",
                "What did I buy last month?                  | 2026-05-01 | 2026-05-31",
                "What did I buy last year?                   | 2025-01-01 | 2025-12-31",
                "Where were we last summer?                  | 2025-06-01 | 2025-08-31",
                "What did I cook last Friday?                | 2026-06-05 | 2026-06-05",
                "What changed since March 2026?              | 2026-03-01 | 2026-06-10",
            })
    void shouldReadTheTimeThatAQuestionNames(String question, String first, String last) {
        var window = TimeExpressions.in(question, ASKED, OLDEST, ASKED).orElseThrow();

        assertThat(window.closeness(noon(first))).isEqualTo(1);
        assertThat(window.closeness(noon(last))).isEqualTo(1);
        assertThat(window.closeness(noon(first) - 63 * 86_400_000L)).isZero();
    }

    @Test
    void shouldTakeAMonthWithoutAYearForThatOfEachYear() {
        var window = TimeExpressions.in("What did I plant in March?", ASKED, OLDEST, ASKED)
                .orElseThrow();

        assertThat(window.closeness(noon("2024-03-15"))).isEqualTo(1);
        assertThat(window.closeness(noon("2025-03-15"))).isEqualTo(1);
        assertThat(window.closeness(noon("2025-08-15"))).isZero();
    }

    @Test
    void shouldSoftenItsEdges() {
        var window = TimeExpressions.in("in June 2025", ASKED, OLDEST, ASKED).orElseThrow();

        assertThat(window.closeness(noon("2025-07-03"))).isBetween(0.8, 0.99);
        assertThat(window.closeness(noon("2025-07-25"))).isBetween(0.05, 0.3);
    }

    @Test
    void shouldLookBeforeAndAfter() {
        var before =
                TimeExpressions.in("before March 2025", ASKED, OLDEST, ASKED).orElseThrow();
        var after = TimeExpressions.in("after March 2025", ASKED, OLDEST, ASKED).orElseThrow();

        assertThat(before.closeness(noon("2024-02-01"))).isEqualTo(1);
        assertThat(before.closeness(noon("2025-03-15"))).isZero();
        assertThat(after.closeness(noon("2025-03-15"))).isZero();
        assertThat(after.closeness(noon("2025-04-01"))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"May I ask you something?", "What is my name?", "on 2025-13-40", "room 2025", ""})
    void shouldReadNoTimeWhereNoneIsNamed(String question) {
        assertThat(TimeExpressions.in(question, ASKED, OLDEST, ASKED)).isEmpty();
    }

    private static long noon(String day) {
        return Instant.parse(day + "T12:00:00Z").toEpochMilli();
    }
}
