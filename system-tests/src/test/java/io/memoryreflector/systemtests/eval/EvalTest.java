package io.memoryreflector.systemtests.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.store.recall.Weights;
import io.memoryreflector.systemtests.eval.LabelledConversation.Question;
import io.memoryreflector.systemtests.eval.LabelledConversation.StatedFact;
import io.memoryreflector.systemtests.eval.LabelledConversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.junit.jupiter.api.Test;

/** The measures, on rankings whose scores are known, and the whole on a conversation of four messages. */
class EvalTest {

    private static final Question CELLO = new Question("q1", "single-hop", "Which instrument?", Set.of("m2"));

    private static final LabelledConversation CONVERSATION = new LabelledConversation(
            "tiny",
            List.of(
                    turn("m1", "user", "Ada", "Which instrument do you play?"),
                    turn("m2", "assistant", "Eve", "The cello, since I was five."),
                    turn("m3", "user", "Ada", "Nice weather today."),
                    turn("m4", "assistant", "Eve", "I work as a baker in Porto.")),
            List.of(CELLO),
            List.of(new StatedFact("Eve works as a baker in Porto.", Set.of("m4"))));

    @Test
    void shouldCountAnItemThatCitesMoreThanThreeMessagesForNone() {
        var bundle = RankedItem.of(Set.of("a", "b", "c", "d"), "all");
        var items = List.of(bundle, item("x"), item("a"));

        assertThat(RecallScore.at(1, items, Set.of("a", "b"))).isZero();
        assertThat(RecallScore.at(3, items, Set.of("a", "b"))).isEqualTo(0.5);
        assertThat(RecallScore.reciprocalRank(items, Set.of("a"))).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(RecallScore.reciprocalRank(items, Set.of("z"))).isZero();
    }

    @Test
    void shouldCountWhatFitsIntoThePromptInOrder() {
        var items = List.of(
                RankedItem.of(Set.of("a"), "x".repeat(40)),
                RankedItem.of(Set.of("b"), "x".repeat(400)),
                RankedItem.of(Set.of("c"), "x"));

        assertThat(RecallScore.within(110, items, Set.of("a", "b", "c"))).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(RecallScore.within(20, items, Set.of("a", "b", "c"))).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void shouldGiveAnIntervalThatHoldsTheDifferenceAndIsTheSameEachTime() {
        var better = new ArrayList<Scored>();
        var worse = new ArrayList<Scored>();
        for (int n = 0; n < 200; n++) {
            better.add(scored(n % 4 == 0 ? 0 : 1));
            worse.add(scored(n % 2));
        }

        var interval = PairedBootstrap.of(better, worse, Measure.R10);

        assertThat(interval.mean()).isCloseTo(25, within(1e-9));
        assertThat(interval.low()).isBetween(10.0, 24.0);
        assertThat(interval.high()).isBetween(26.0, 40.0);
        assertThat(PairedBootstrap.of(better, worse, Measure.R10)).isEqualTo(interval);
        assertThat(PairedBootstrap.of(worse, worse, Measure.R10)).isEqualTo(new PairedBootstrap(0, 0, 0));
    }

    @Test
    void shouldMatchEachFactOnceAndOnlyNearItsEvidence() {
        var found = new FactScore.Extracted("Eve works as a baker", Set.of("m3"));
        var again = new FactScore.Extracted("Eve works as a baker in Porto", Set.of("m4"));
        var elsewhere = new FactScore.Extracted("Eve works as a baker in Porto", Set.of("m1"));
        var other = new FactScore.Extracted("Ada likes tea", Set.of("m4"));

        assertThat(FactScore.of(CONVERSATION, List.of(found, again, other))).isEqualTo(new FactScore(1, 3, 1));
        assertThat(FactScore.of(CONVERSATION, List.of(elsewhere))).isEqualTo(new FactScore(0, 1, 1));
        assertThat(new FactScore(1, 3, 1).f1()).isEqualTo(0.5);
    }

    @Test
    void shouldRankByPlainWordsAndByOursInThisProcess() {
        Embedder lengths = new Embedder() {
            @Override
            public String model() {
                return "lengths";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                return texts.stream()
                        .map(text -> new float[] {text.length() > 20 ? 1f : 0f, text.length() > 20 ? 0f : 1f})
                        .toList();
            }
        };

        var plain = new LexicalBaseline(CONVERSATION, new EnglishAnalyzer()).rank(CELLO);
        var ours = InProcess.of(CONVERSATION, lengths).ranking(Weights.STANDARD).rank(CELLO);

        assertThat(plain).extracting(RankedItem::messages).containsExactly(Set.of("m1"));
        assertThat(RecallScore.at(2, ours, CELLO.evidence())).isEqualTo(1);
        assertThat(RecallScore.at(1, plain, CELLO.evidence())).isZero();
    }

    private static RankedItem item(String message) {
        return RankedItem.of(Set.of(message), message);
    }

    private static Scored scored(double value) {
        return new Scored("any", Map.of(Measure.R10, value), 1);
    }

    private static Turn turn(String id, String role, String speaker, String text) {
        return new Turn("s1", id, role, speaker, text, "2026-05-02T10:00:0" + id.charAt(1) + "Z");
    }
}
