package io.memoryreflector.ingest.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class BatchBodyTest {

    private final BatchBody body = new BatchBody(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\": {}} | user_id | got an object, takes a text",
                "{\"messages\": \"x\"} | messages | got a text, takes an array",
                "{\"messages\": [{\"content\": []}]} | messages[0].content | got an array, takes a text",
                "{\"messages\": [5]} | messages[0] | got a number, takes an object",
                "{\"metadata\": true} | metadata | got true or false, takes an object",
                "[] | body | got an array, takes an object",
            })
    void shouldNameTheFieldOfAnItemInEitherForm(String item, String field, String message) {
        var expected = new FieldProblem(field, message);

        assertThat(refused(() -> body.lines(bytes(item)).get(0).get()).errors()).containsExactly(expected);
        assertThat(refused(() -> body.array(bytes("[" + item + "]")).get(0).get())
                        .errors())
                .containsExactly(expected);
    }

    @Test
    void shouldRefuseABodyThatIsNoArray() {
        assertThat(refused(() -> body.array(bytes("{}"))).errors())
                .extracting(FieldProblem::field)
                .containsExactly("body");
        assertThat(refused(() -> body.array(bytes("[1"))).errors().get(0).message())
                .startsWith("is not JSON at line 1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RequestProblem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RequestProblem.class, call);
    }
}
