package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Priority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportanceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Our daughter was born last night!             | NORMAL | 0.9
            My father had surgery on Monday.              | NORMAL | 0.9
            I decided to take the job in Oslo.            | NORMAL | 0.8
            I promised to call her back.                  | NORMAL | 0.8
            The deadline for the thesis is 14 June.       | NORMAL | 0.8
            We had soup for lunch.                        | NORMAL | 0.5
            We had soup for lunch.                        | LOW    | 0.3
            We had soup for lunch.                        | URGENT | 0.9
            Hi, thanks a lot!                             | NORMAL | 0.1
            """)
    void followsWhatIsSaidAndHowItWasSent(String said, Priority priority, double importance) {
        assertThat(Importance.of(said, priority)).isEqualTo(importance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            I live in Porto.                | 0.8
            I like tea.                     | 0.5
            My wife is pregnant with twins. | 0.9
            """)
    void aFactMattersByItsRelationAndItsWords(String said, double importance) {
        assertThat(FactFinder.in(said, Narrator.alone("User")))
                .singleElement()
                .satisfies(fact -> assertThat(Importance.of(fact)).isEqualTo(importance));
    }
}
