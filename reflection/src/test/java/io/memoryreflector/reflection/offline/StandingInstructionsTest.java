package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Of 40 instructions in varied words nearly all are found, and of 40 sentences that look like one nearly none. */
class StandingInstructionsTest {

    private static final double LEAST_FOUND = 0.9;
    private static final int MOST_FALSE_ALARMS = 2;

    private final Examples sentences =
            JsonMapper.shared().readValue(getClass().getResourceAsStream("standing-instructions.json"), Examples.class);

    /**
     * The test's sentences.
     *
     * @param standing instructions that hold from now on
     * @param none sentences that are none
     */
    record Examples(List<Standing> standing, List<String> none) {}

    /**
     * An instruction.
     *
     * @param trigger words that say when it applies; null is always
     * @param question asked in the situation it is for
     */
    record Standing(String text, String trigger, String polarity, String question) {

        boolean isFoundIn(List<FoundProcedure> found) {
            return found.size() == 1
                    && found.get(0).polarity().equals(polarity)
                    && (trigger == null
                            ? found.get(0).trigger() == null
                            : trigger.equalsIgnoreCase(found.get(0).trigger()));
        }
    }

    @Test
    void findsInstructionsWithTheirTriggerAndPolarity() {
        var missed = sentences.standing().stream()
                .filter(one -> !one.isFoundIn(ProcedureFinder.in(one.text())))
                .map(one -> one.text() + " gives " + ProcedureFinder.in(one.text()))
                .toList();

        assertThat(sentences.standing()).hasSize(40);
        assertThat(missed).hasSizeLessThanOrEqualTo((int) Math.round(40 * (1 - LEAST_FOUND)));
    }

    @Test
    void findsNoneInAdviceSingleRequestsAndReportedSpeech() {
        var alarms = sentences.none().stream()
                .filter(text -> !ProcedureFinder.in(text).isEmpty())
                .toList();

        assertThat(sentences.none()).hasSize(40);
        assertThat(alarms).hasSizeLessThanOrEqualTo(MOST_FALSE_ALARMS);
    }
}
