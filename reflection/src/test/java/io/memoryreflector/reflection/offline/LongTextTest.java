package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text may keep the rules busy: a rule that backtracks without end would hang here. */
class LongTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I have a ",
                "My dog ",
                "a",
                " ",
                "A b ",
                "first, then ",
                "1. x\n",
                "I like tea, and ",
                "when I ",
                "\"",
                "```",
                ",",
                "I’m ",
                "never use ",
                "My sister's name is ",
                "(",
                "[",
                "<abc>",
                "memories:\n- ",
                "We painted and sold ",
                "I broke my arm. ",
                "for code reviews, ",
                "Anna "
            })
    void aHundredThousandCharactersAreReadInBoundedTime(String piece) {
        var text = piece.repeat(100_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(FactFinder.in(text, Narrator.alone("User"))).isNotNull();
            assertThat(ProcedureFinder.in(text)).isNotNull();
            assertThat(RelativeDates.in(text, Tasks.SAID)).isNotNull();
            assertThat(Account.of(java.util.List.of(Tasks.user("m1", text)))).isNotEmpty();
            assertThat(Names.in(text)).isNotNull();
        });
    }
}
