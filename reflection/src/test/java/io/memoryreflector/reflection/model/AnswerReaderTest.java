package io.memoryreflector.reflection.model;

import static io.memoryreflector.reflection.model.Talk.fact;
import static io.memoryreflector.reflection.model.Talk.facts;
import static io.memoryreflector.reflection.model.Talk.known;
import static io.memoryreflector.reflection.model.Talk.task;
import static io.memoryreflector.reflection.model.Talk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {

    private static final String GOOD = fact("I1", "supersede", "Porto", false, "K1");

    @Test
    void shouldReadWhatFits() {
        var found = read(GOOD).get(0).facts().get(0);

        assertThat(found.messages()).containsExactly(0);
        assertThat(found.replaced()).hasSize(1);
        assertThat(found.predicate()).isEqualTo("lives_in");
    }

    @Test
    void shouldBoundWhatIsAShare() {
        assertThat(read(GOOD.replace("0.9", "90")).get(0).facts().get(0).confidence())
                .isEqualTo(1);
        assertThat(read(GOOD.replace("0.9", "-1")).get(0).facts().get(0).confidence())
                .isZero();
    }

    @Test
    void shouldReplaceNothingWithWhatIsOnlyAdded() {
        assertThat(read(GOOD.replace("supersede", "add")).get(0).facts().get(0).replaced())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"interaction\":\"I1\"|\"interaction\":\"I2\"|facts[0].interaction: got 'I2', takes I1 to I1",
                "\"interaction\":\"I1\"|\"interaction\":\"i-1\"|facts[0].interaction: got 'i-1', takes I1 to I1",
                "\"I1.1\"|\"I1.3\"|facts[0].messages: got 'I1.3', takes I1.1 to I1.2",
                "\"I1.1\"|\"I2.1\"|facts[0].messages: got 'I2.1', takes I1.1 to I1.2",
                "\"I1.1\"|\"I1\"|facts[0].messages: got 'I1', takes I1.1 to I1.2",
                "[\"I1.1\"]|[]|facts[0].messages: is empty, takes at least one message of I1",
                "\"K1\"|\"K2\"|facts[0].replaces: got 'K2', takes refs of known facts, and there are 1",
                "\"Porto\"|\" \"|facts[0].object: is blank, takes a text",
                "\"ended\":false,||ended",
                "\"supersede\"|\"change\"|action",
            })
    void shouldSayWhatDoesNotFit(String part, String instead, String error) {
        var answer = GOOD.replace(part, instead == null ? "" : instead);

        assertThatThrownBy(() -> read(answer)).isInstanceOf(InvalidAnswer.class).hasMessageContaining(error);
    }

    @Test
    void shouldNotTakeAFieldThatNobodyAskedFor() {
        assertThatThrownBy(() -> read(GOOD.replaceFirst("\\{", "{\"extra\":1,")))
                .isInstanceOf(InvalidAnswer.class)
                .hasMessageContaining("extra");
    }

    private static List<Extract> read(String fact) {
        var question = new Question(
                Scope.SEMANTIC,
                List.of(task("i-1", user("m-1", "I live in Porto"), user("m-2", "now"))),
                List.of(known("k-1", "Lisbon", Talk.SAID)));
        return new AnswerReader(question).read(new Reply(facts(fact), FinishReason.STOP, 1, 1));
    }
}
