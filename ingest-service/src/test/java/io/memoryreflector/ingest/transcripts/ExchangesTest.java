package io.memoryreflector.ingest.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.ingest.interactions.MessageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangesTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final int MANY = 200;
    private static final int LARGE = 256 * 1024;

    @Test
    void shouldKeepAQuestionAndItsAnswerTogether() {
        assertThat(of("User: one\nAssistant: two\nTool: three\nUser: four"))
                .extracting(ExchangesTest::said)
                .containsExactly("user one, assistant two, tool three", "user four");
    }

    @Test
    void shouldTakeWhatOneSpeakerSaysInARowForOne() {
        assertThat(of("User: one\nuser: two\nAda: three\nBen: four\nAda: five"))
                .extracting(ExchangesTest::said)
                .containsExactly("user one, user two", "Ada three", "Ben four", "Ada five");
    }

    @Test
    void shouldLetTimeGoOnWhereTheTextDoesNotSay() {
        assertThat(of("User: a\n[2026-04-01 09:00] Assistant: b\nUser: c").stream()
                        .flatMap(List::stream)
                        .map(MessageRequest::sentAt))
                .containsExactly("2026-05-02T10:00:00.001Z", "2026-04-01T09:00:00Z", "2026-04-01T09:00:00.001Z");
    }

    @Test
    void shouldCutATextOfNobodyBetweenItsParagraphs() {
        var paragraph = "something was written here. ".repeat(80);
        var exchanges = of(paragraph + "\n\n" + paragraph + "\n\n" + paragraph);

        assertThat(exchanges).hasSize(3).allSatisfy(messages -> assertThat(messages)
                .singleElement()
                .extracting(MessageRequest::content)
                .isEqualTo(paragraph.strip()));
    }

    @Test
    void shouldCutWhatIsLongerThanAMessageMayBeAndLoseNothing() {
        var text = "\ud83d\ude00\u2602x".repeat(1_000);
        var exchanges = Exchanges.of(Transcript.split("User: " + text), NOW, 3, 3_000);

        assertThat(exchanges).allSatisfy(messages -> assertThat(messages).hasSizeLessThanOrEqualTo(3));
        var messages = exchanges.stream().flatMap(List::stream).toList();
        assertThat(messages).allSatisfy(message -> assertThat(message.content().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(3_000));
        assertThat(String.join(
                        "", messages.stream().map(MessageRequest::content).toList()))
                .isEqualTo(text);
    }

    private static List<List<MessageRequest>> of(String text) {
        return Exchanges.of(Transcript.split(text), NOW, MANY, LARGE);
    }

    private static String said(List<MessageRequest> messages) {
        return String.join(
                ", ",
                messages.stream()
                        .map(message -> (message.author() == null ? message.role() : message.author()) + " "
                                + message.content())
                        .toList());
    }
}
