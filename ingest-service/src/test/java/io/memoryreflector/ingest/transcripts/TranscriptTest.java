package io.memoryreflector.ingest.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    @Test
    void shouldSplitByTheSeedsLabels() {
        assertThat(Transcript.split("User: I moved to Lisbon.\nAssistant: How is it?\nuser: Warm."))
                .containsExactly(
                        said("User", "I moved to Lisbon."), said("Assistant", "How is it?"), said("user", "Warm."));
    }

    @Test
    void shouldSplitByNamesOfOneToFourWords() {
        assertThat(Transcript.split("Ada: Hi\nDr. Ben van-der Berg: Hello\nÉloïse O'Neil: Salut"))
                .extracting(turn -> turn.speaker().orElseThrow())
                .containsExactly("Ada", "Dr. Ben van-der Berg", "Éloïse O'Neil");
    }

    @Test
    void shouldKeepTheLinesOfOneTurnTogether() {
        assertThat(Transcript.split("User: My list:\n- milk\n\n- bread\n\nAssistant: Noted.\r\nAnything else?\r\n"))
                .containsExactly(
                        said("User", "My list:\n- milk\n\n- bread"), said("Assistant", "Noted.\nAnything else?"));
    }

    @Test
    void shouldTakeATextOnTheLineAfterItsLabel() {
        assertThat(Transcript.split("Human:\nhello\nAI:\nhi"))
                .containsExactly(said("Human", "hello"), said("AI", "hi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2026-05-02T10:00:00Z] Ada: hi | 2026-05-02T10:00:00Z",
                "2026-05-02 10:00 - Ada: hi | 2026-05-02T10:00:00Z",
                "(2026-05-02 9:05:07) Ada: hi | 2026-05-02T09:05:07Z",
                "Ada [2026-05-02 10:00]: hi | 2026-05-02T10:00:00Z",
                "Ada (2026-05-02T10:00:00+02:00): hi | 2026-05-02T08:00:00Z",
                "[2026-05-02T10:00:00.250+0200] Ada: hi | 2026-05-02T08:00:00.250Z",
            })
    void shouldReadTimes(String line, String at) {
        assertThat(Transcript.split(line))
                .containsExactly(new Turn(Optional.of("Ada"), Optional.of(Instant.parse(at)), "hi"));
    }

    @Test
    void shouldTakeATimeOfDayForTheDayThatWasNamedLast() {
        var turns = Transcript.split("[10:00] ada: a\n[2026-05-02 23:59] ada: b\n[9:30] ben: c\n[25:77] ben: d");

        assertThat(turns).extracting(Turn::text).containsExactly("a", "b", "c", "d");
        assertThat(turns)
                .extracting(turn -> turn.at().map(Instant::toString).orElse("-"))
                .containsExactly("-", "2026-05-02T23:59:00Z", "2026-05-02T09:30:00Z", "-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I moved to Lisbon last week.\nIt is warm.",
                "see https://example.com:8080/a: it is there",
                "at 10:00 we met",
                "note: this is nothing",
                "Note: this is nothing\nPS: nor this",
                "the reason is simple: I like it",
                "a very long beginning of a sentence that no name has ever had: and so on",
                "{\"role\": \"user\"}",
                ": x",
            })
    void shouldLeaveATextWithoutLabelsWhole(String text) {
        assertThat(Transcript.split(text)).containsExactly(new Turn(Optional.empty(), Optional.empty(), text));
    }

    @Test
    void shouldNotTakeAWordWithAColonForASpeaker() {
        assertThat(Transcript.split(
                        "User: The cake\nIngredients: flour\nstep one: bake\nstep one: eat\nAssistant: Nice"))
                .containsExactly(
                        said("User", "The cake\nIngredients: flour\nstep one: bake\nstep one: eat"),
                        said("Assistant", "Nice"));
    }

    @Test
    void shouldKeepWhatStandsBeforeTheFirstLabel() {
        assertThat(Transcript.split("A talk in May\n\nUser: hi"))
                .containsExactly(new Turn(Optional.empty(), Optional.empty(), "A talk in May"), said("User", "hi"));
    }

    @Test
    void shouldLeaveOutWhoSaidNothing() {
        assertThat(Transcript.split("User:\nAssistant: hi\nUser:   ")).containsExactly(said("Assistant", "hi"));
        assertThat(Transcript.split(" \n\t\n")).isEmpty();
    }

    @Test
    void shouldSplitLongTextsOfHostileShape() {
        var many = "User: x\nAssistant: y\n".repeat(20_000);
        assertThat(Transcript.split(many)).hasSize(40_000);
        for (var hostile : List.of("A".repeat(1_000_000), "A ".repeat(500_000) + ":", "1:".repeat(500_000))) {
            assertThat(Transcript.split(hostile)).hasSize(1);
        }
    }

    private static Turn said(String speaker, String text) {
        return new Turn(Optional.of(speaker), Optional.empty(), text);
    }
}
