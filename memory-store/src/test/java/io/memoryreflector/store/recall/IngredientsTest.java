package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.alone;
import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.fact;
import static io.memoryreflector.store.recall.Loaded.ids;
import static io.memoryreflector.store.recall.Loaded.procedure;
import static io.memoryreflector.store.recall.Loaded.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memoryreflector.store.Samples;
import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each ingredient of a ranking does, beside {@link RankerTest}'s words, meaning and turn before. */
class IngredientsTest {

    private static final int A_DAY = 24 * 60;

    @Test
    void shouldPutWhoeverTheQuestionNamesFirst() {
        var memories = Loaded.of(List.of(
                Loaded.of(alone("a", 1, "a trip to Rome"), "Jon Snow"),
                Loaded.of(alone("b", A_DAY, "a trip to Rome"), "Gina")));

        assertThat(ids(rank(memories, "Jon and the trip to Rome"))).containsExactly("a", "b");
        assertThat(ids(rank(memories, "gina's trip to Rome"))).containsExactly("b", "a");
    }

    @Test
    void shouldTakeIForTheUserAndYouForTheAssistant() {
        var memories = Loaded.of(List.of(
                Loaded.of(alone("a", 1, "a trip to Rome"), "User"),
                Loaded.of(alone("b", 1, "a trip to Rome"), "Assistant")));

        assertThat(ids(rank(memories, "my trip to Rome"))).containsExactly("a", "b");
        assertThat(ids(rank(memories, "your ideas on Rome"))).containsExactly("b", "a");
    }

    @Test
    void shouldPutWhoTellsAboveWhoAsks() {
        var asks = alone("a", 1, "Ada: \"How was Rome?\"");
        var tells = alone("b", A_DAY, "Eve: \"Rome was hot.\"");

        assertThat(ids(rank(Loaded.of(List.of(asks, tells)), "Rome"))).containsExactly("b", "a");
        assertThat(Asking.share("How was it?")).isEqualTo(1);
        assertThat(Asking.share("What can I give my sister?")).isZero();
        assertThat(Asking.share("It was hot. And you?")).isCloseTo(0.45, within(0.1));
        assertThat(Asking.share("No question.")).isZero();
    }

    @Test
    void shouldAnswerAQuestionForATimeWithWhatNamesOne() {
        var memories = Loaded.of(List.of(
                alone("a", 1, "The concert was lovely indeed, dear Grace"),
                alone("b", A_DAY, "The concert was on 7 May 2026")));

        assertThat(rank(memories, "When was the concert?").get(0).parts()).containsEntry("dated", 1.25);
        assertThat(ids(rank(memories, "When was the concert?"))).first().isEqualTo("b");
        assertThat(rank(memories, "Was the concert lovely when it rained?")
                        .get(0)
                        .parts())
                .containsEntry("dated", 1.0);
    }

    @Test
    void shouldPreferTheTimeThatTheQuestionNames() {
        var memories = Loaded.of(List.of(
                alone("may", 0, "We went to the lake"), alone("june", 35 * A_DAY, "We went to the lake again")));

        assertThat(ids(rank(memories, "the lake in May 2026"))).containsExactly("may", "june");
        assertThat(ids(rank(memories, "the lake in June 2026"))).containsExactly("june", "may");
    }

    @Test
    void shouldFindTheTimeOfAnEventInTheMemories() {
        var memories = Loaded.of(List.of(
                alone("before", 0, "painted the kitchen"),
                alone("move", 20 * A_DAY, "moved to Lisbon"),
                alone("after", 40 * A_DAY, "painted the kitchen")));

        assertThat(ids(rank(memories, "What was painted before the move to Lisbon?")))
                .containsSubsequence("before", "after");
        assertThat(ids(rank(memories, "What was painted after the move to Lisbon?")))
                .containsSubsequence("after", "before");
        assertThat(EventTime.in("before the wedding in Rome", memories)).isEmpty();
        var window = EventTime.in("before the move to Lisbon", memories).orElseThrow();
        assertThat(window.closeness(Samples.minute(0).toEpochMilli())).isEqualTo(1);
        assertThat(window.closeness(Samples.minute(40 * A_DAY).toEpochMilli())).isZero();
    }

    @Test
    void shouldLiftWhatIsOfTheSameSession() {
        var memories = new ArrayList<Memory>(List.of(
                episode("a", 1, "violin lesson with Grace"),
                episode("b", 2, "nothing of note"),
                episode("c", 3, "Grace is strict")));
        var items = rank(Loaded.of(memories), "violin Grace");

        assertThat(items.get(0).parts().get("session")).isPositive();
        assertThat(ids(items)).containsExactly("a", "b", "c");
    }

    @Test
    void shouldBringBackAProcedureInTheSituationThatItNames() {
        var memories = new ArrayList<Memory>();
        IntStream.range(0, 30).forEach(n -> memories.add(alone("e" + n, n, "lasagna", 0.8f - 0.01f * n, 0.6f)));
        memories.add(procedure("p", "When I ask about recipes", "list the calories", 0.3f, 0.954f));
        var query = withVector(query("Can you suggest a lasagna?", 5), 1f, 0f);

        var items = Ranker.rank(
                UserMemories.empty().with(1, memories, situations -> List.of(new float[] {0.28f, 0.96f})),
                query,
                Weights.STANDARD);
        var without = Ranker.rank(
                UserMemories.empty().with(1, memories), query, Weights.STANDARD.without(Ingredient.SITUATION));

        assertThat(ids(items)).contains("p");
        assertThat(ids(without)).doesNotContain("p");
    }

    @Test
    void shouldNameASituationInTheWordsOfWhoIsInIt() {
        assertThat(Situation.of("When I ask about recipes")).isEqualTo("recipes");
        assertThat(Situation.of("Whenever I ask you for travel ideas")).isEqualTo("travel ideas");
        assertThat(Situation.of("for all code")).isEqualTo("all code");
        assertThat(Situation.of("If")).isEqualTo("If");
    }

    @Test
    void shouldPreferTheNewerAllElseBeingEqual() {
        var memories = Loaded.of(List.of(alone("a", 1, "the gym is closed"), alone("b", A_DAY, "the gym is closed")));

        assertThat(ids(rank(memories, "is the gym closed"))).containsExactly("b", "a");
    }

    @Test
    void shouldPutAFactInTheSameWordsBehind() {
        var memories = Loaded.of(List.of(
                fact("a", 1, "Ada plays the violin", "m1", null),
                fact("b", 2, "Ada plays the violin", "m2", null),
                fact("c", 3, "Ada plays chess", "m3", null)));

        assertThat(ids(rank(memories, "what does Ada play, the violin?"))).containsExactly("b", "c", "a");
    }

    @Test
    void shouldExplainTheScoreOfEachItem() {
        var item = rank(Loaded.of(List.of(episode("a", 1, "violin lesson"))), "violin")
                .get(0);

        var parts = item.parts();
        var relevance = (parts.get("words") + parts.get("meaning"))
                * parts.get("speaker")
                * parts.get("asking")
                * parts.get("dated")
                * parts.get("time");
        assertThat(item.score())
                .isCloseTo(
                        Math.max(relevance + parts.get("session"), parts.get("situation"))
                                * parts.get("recency")
                                * parts.get("currency"),
                        within(1e-9));
    }

    @Test
    void shouldLeaveOutAnIngredientAndNoOther() {
        for (var ingredient : Ingredient.values()) {
            assertThat(Weights.STANDARD.without(ingredient)).isNotEqualTo(Weights.STANDARD);
        }
    }

    private static List<RecalledItem> rank(UserMemories memories, String question) {
        return Ranker.rank(memories, query(question, 10), Weights.STANDARD);
    }

    private static RecallQuery withVector(RecallQuery query, float... vector) {
        return new RecallQuery(
                query.user(),
                query.text(),
                Optional.of(vector),
                Samples.MODEL,
                query.limit(),
                query.tiers(),
                query.asOf(),
                query.maxTokens(),
                Instant.EPOCH);
    }
}
