package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureFinderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            Please always answer in German.                        | instruction | - | Always answer in German                   | do
            Never use emojis.                                      | instruction | - | Never use emojis                          | avoid
            From now on, keep your answers short.                  | instruction | - | Keep your answers short                   | do
            Please keep answers short.                             | instruction | - | Keep answers short                        | do
            In future, write dates as day-month-year.              | instruction | - | Write dates as day-month-year             | do
            Call me Sam.                                           | instruction | - | Call me Sam                               | do
            Remember to add metric units.                          | instruction | - | Remember to add metric units              | do
            Stop apologising all the time.                         | instruction | - | Stop apologising all the time             | avoid
            No emojis please.                                      | instruction | - | No emojis                                 | avoid
            I prefer bullet points over long paragraphs.           | preference  | - | I prefer bullet points over long paragraphs | do
            When I ask for code, use Python and add type hints.    | instruction | When I ask for code | Use Python and add type hints | do
            Whenever I send you a draft, check the spelling first. | instruction | Whenever I send you a draft | Check the spelling first | do
            Don't use jargon when you explain things to me.        | instruction | When you explain things to me | Do not use jargon   | avoid
            """)
    void findsStandingInstructions(String text, String kind, String trigger, String instruction, String polarity) {
        assertThat(ProcedureFinder.in(text))
                .containsExactly(new FoundProcedure(kind, trigger, instruction, List.of(), polarity));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I've never been there.",
                "Never been there myself.",
                "You've always been there for me.",
                "I always answer in German.",
                "Please write an email to my boss.",
                "Can you give me a short summary?",
                "Don't worry about it.",
                "Don't mention it!",
                "Call me later.",
                "Show me when you can.",
                "First I went to the shop, then I met Anna, finally we ate.",
                "He told me \"never use emojis\".",
                "Thanks, bye!",
                ""
            })
    void findsNoneInCasualTalkAndSingleRequests(String text) {
        assertThat(ProcedureFinder.in(text)).isEmpty();
    }

    @Test
    void readsANumberedListAsSteps() {
        assertThat(
                        ProcedureFinder.in(
                                "Here is how I want invoices done:\n1. Check the totals\n2. Convert to euros\n3. Send me a summary"))
                .containsExactly(new FoundProcedure(
                        "steps",
                        null,
                        "Here is how I want invoices done",
                        List.of("Check the totals", "Convert to euros", "Send me a summary"),
                        "do"));
    }

    @Test
    void readsFirstThenFinallyAsSteps() {
        assertThat(
                        ProcedureFinder.in(
                                "When I write a report: first draft an outline, then write the sections, finally proofread it."))
                .containsExactly(new FoundProcedure(
                        "steps",
                        "When I write a report",
                        "Follow these steps",
                        List.of("draft an outline", "write the sections", "proofread it"),
                        "do"));
    }
}
