package io.memoryreflector.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.imports.Entry.Item;
import io.memoryreflector.cli.imports.Entry.Unreadable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EntryReaderTest {

    @Test
    void shouldGiveTheSameIdToTheSameContentHoweverItIsWritten() {
        var id = idOf("{\"user_id\":\"ada\",\"user_message\":\"hi\",\"metadata\":{\"a\":1,\"b\":2}}");

        assertThat(id).startsWith("import-");
        assertThat(idOf("{ \"metadata\": {\"b\": 2, \"a\": 1}, \"user_message\": \"\\u0068i\", \"user_id\": \"ada\" }"))
                .isEqualTo(id);
        assertThat(idOf("{\"interaction_id\":null,\"user_id\":\"ada\",\"user_message\":\"hi\","
                        + "\"metadata\":{\"a\":1,\"b\":2}}"))
                .isEqualTo(id);
        assertThat(idOf("{\"user_id\":\"ada\",\"user_message\":\"hi!\",\"metadata\":{\"a\":1,\"b\":2}}"))
                .isNotEqualTo(id);
        assertThat(idOf("{\"user_id\":\"bob\",\"user_message\":\"hi\",\"metadata\":{\"a\":1,\"b\":2}}"))
                .isNotEqualTo(id);
    }

    @Test
    void shouldKeepAnIdThatIsGivenAndEveryDigitOfANumber() {
        var item =
                item("{\"user_id\":\"ada\",\"interaction_id\":\"mine\",\"metadata\":{\"n\":0.10000000000000000001}}");

        assertThat(new String(item.json(), StandardCharsets.UTF_8))
                .contains("\"interaction_id\":\"mine\"", "0.10000000000000000001")
                .doesNotContain("\n");
    }

    @Test
    void shouldKnowWhoseOrderItBelongsTo() {
        assertThat(item("{\"user_id\":\"ada\"}").user()).isEqualTo("default/ada");
        assertThat(item("{\"user_id\":\"ada\",\"namespace\":\"n\"}").user()).isEqualTo("n/ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\":            | is not JSON",
                "hello                    | is not JSON",
                "{\"a\":1} {\"b\":2}      | is not JSON",
                "7                        | got number, takes an object",
                "[{}]                     | got array, takes an object",
            })
    void shouldSayWhyAnEntryCannotBeSent(String line, String reason) {
        var entry = EntryReader.read(3, line.getBytes(StandardCharsets.UTF_8));

        assertThat(entry).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).contains(reason);
            assertThat(unreadable.line()).isEqualTo(3);
            assertThat(unreadable.raw()).asString(StandardCharsets.UTF_8).isEqualTo(line);
        });
    }

    private static String idOf(String line) {
        return JsonMapper.shared()
                .readTree(item(line).json())
                .path("interaction_id")
                .asString();
    }

    private static Item item(String line) {
        return (Item) EntryReader.read(1, line.getBytes(StandardCharsets.UTF_8));
    }
}
