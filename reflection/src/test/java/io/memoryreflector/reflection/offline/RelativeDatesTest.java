package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeDatesTest {

    @ParameterizedTest(name = "{0} on Wednesday 8 May 2024 is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            today                    | 8 May 2024
            yesterday                | 7 May 2024
            last night               | 7 May 2024
            the day before yesterday | 6 May 2024
            tomorrow                 | 9 May 2024
            the day after tomorrow   | 10 May 2024
            two days ago             | 6 May 2024
            a few weeks ago          | week of 15 April 2024
            3 months ago             | February 2024
            10 years ago             | 2014
            in two weeks             | week of 20 May 2024
            last Friday              | 3 May 2024
            next Friday              | 10 May 2024
            on Monday                | 13 May 2024
            last week                | week of 29 April 2024
            next month               | June 2024
            last year                | 2023
            last weekend             | weekend of 4 May 2024
            this weekend             | weekend of 11 May 2024
            last summer              | summer 2023
            """)
    void resolvesAgainstTheTimeOfSpeaking(String words, String date) {
        assertThat(RelativeDates.in("It was " + words + ", I think.", Tasks.SAID))
                .containsExactly(new RelativeDates.Mention(words, date, 7));
    }

    @Test
    void keepsTheOrderOfTheTextAndFindsNothingElse() {
        assertThat(RelativeDates.in("Tomorrow I repair what broke yesterday, as last time.", Tasks.SAID))
                .extracting(RelativeDates.Mention::date)
                .containsExactly("9 May 2024", "7 May 2024");
    }
}
