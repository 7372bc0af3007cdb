package io.memoryreflector.store.recall;

import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.fact;
import static io.memoryreflector.store.recall.Loaded.ids;
import static io.memoryreflector.store.recall.Loaded.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Tier;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.longterm.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankerTest {

    @Test
    void shouldFindAWordInAnotherForm() {
        var memories = Loaded.of(
                List.of(episode("a", 1, "Ada is painting the kitchen"), episode("b", 2, "Grace went to the market")));

        assertThat(ids(rank(memories, query("What does Ada paint?", 1)))).containsExactly("a");
    }

    @Test
    void shouldRankARareWordAboveACommonOne() {
        var memories = Loaded.of(List.of(
                episode("a", 1, "garden roses"),
                episode("b", 9, "garden tulips"),
                episode("c", 5, "violin concert"),
                episode("d", 7, "garden lilies")));

        assertThat(ids(rank(memories, query("garden violin", 1)))).containsExactly("c");
    }

    @Test
    void shouldGiveATurnPartOfTheTurnBefore() {
        var memories = Loaded.of(List.of(
                episode("question", 1, "Which instrument do you play?"),
                episode("answer", 2, "The cello, since childhood"),
                episode("later", 3, "Nice weather today")));

        assertThat(ids(rank(memories, query("instrument", 10)))).containsExactly("question", "answer");
    }

    @Test
    void shouldFindByMeaningWhatSharesNoWord() {
        var memories =
                Loaded.of(List.of(episode("near", 1, "felines", 1f, 0f), episode("far", 1, "tax forms", 0f, 1f)));

        assertThat(ids(rank(memories, withVector(query("cats", 1), 1f, 0f)))).containsExactly("near");
    }

    @Test
    void shouldNeverCompareVectorsOfAnotherModelOrLength() {
        var memories = Loaded.of(List.of(episode("a", 1, "felines", 1f, 0f)));
        var query = query("cats", 5);

        assertThat(rank(memories, withVector(query, 1f, 0f, 0f))).isEmpty();
        assertThat(rank(
                        memories,
                        new RecallQuery(
                                query.user(),
                                query.text(),
                                Optional.of(new float[] {1f, 0f}),
                                "another-model",
                                5,
                                query.tiers(),
                                query.asOf(),
                                query.maxTokens(),
                                query.askedAt())))
                .isEmpty();
    }

    @Test
    void shouldFindWhatHasNoVectorYetByItsWords() {
        var memories = Loaded.of(List.of(
                episode("a", 1, "I bought a kite of kind K3 at the harbour", 1f, 0f),
                episode("b", 2, "I bought a kite of kind K4 at the harbour", 1f, 0f),
                episode("written", 3, "I bought a kite of kind K5 at the harbour")));

        var best = rank(memories, withVector(query("kite of kind K5", 3), 1f, 0f));

        assertThat(ids(best)).startsWith("written");
    }

    @Test
    void shouldPutWhatIsNoLongerTrueBehindWhatIs() {
        var memories = Loaded.of(List.of(
                fact("a-old", 1, "Ada lives in Porto", "m1", minute(5)),
                fact("b-new", 5, "Ada lives in Faro", "m2", null)));

        assertThat(ids(rank(memories, query("where does Ada live", 5)))).containsExactly("b-new", "a-old");
    }

    @Test
    void shouldAnswerAsTheMemoryStoodThen() {
        var memories = Loaded.of(List.of(
                fact("a-old", 1, "Ada lives in Porto", "m1", minute(5)),
                fact("b-new", 5, "Ada lives in Faro", "m2", null)));
        var query = query("where does Ada live", 5);
        var then = new RecallQuery(
                query.user(),
                query.text(),
                query.vector(),
                query.vectorModel(),
                5,
                query.tiers(),
                Optional.of(minute(4)),
                query.maxTokens(),
                query.askedAt());

        var items = rank(memories, then);

        assertThat(ids(items)).containsExactly("a-old");
        assertThat(items.get(0).parts()).containsEntry("currency", 1.0);
    }

    @Test
    void shouldPutWhatBringsNoNewSourceBehindWhatDoes() {
        var memories = Loaded.of(List.of(
                fact("a", 1, "violin violin", "m1", null),
                fact("b", 1, "violin", "m1", null),
                fact("c", 1, "violin among many other words of a longer text", "m2", null)));

        assertThat(ids(rank(memories, query("violin", 3)))).containsExactly("a", "c", "b");
        assertThat(ids(rank(memories, query("violin", 2)))).containsExactly("a", "c");
    }

    @Test
    void shouldGiveOnlyTheTiersAskedFor() {
        var memories =
                Loaded.of(List.of(episode("e", 1, "violin lesson"), fact("f", 1, "Ada plays the violin", "m", null)));
        var query = query("violin", 5);
        var facts = new RecallQuery(
                query.user(),
                query.text(),
                query.vector(),
                query.vectorModel(),
                5,
                Set.of(Tier.SEMANTIC),
                query.asOf(),
                query.maxTokens(),
                query.askedAt());

        assertThat(ids(rank(memories, facts))).containsExactly("f");
    }

    @Test
    void shouldStopBeforeTheTextsGrowTooLong() {
        var memories = Loaded.of(List.of(
                fact("a", 1, "violin " + "x".repeat(33), "m1", null),
                fact("b", 1, "violin " + "y".repeat(33), "m2", null),
                fact("c", 1, "violin " + "z".repeat(33), "m3", null)));
        var query = query("violin", 5);
        var short20 = new RecallQuery(
                query.user(),
                query.text(),
                query.vector(),
                query.vectorModel(),
                5,
                query.tiers(),
                query.asOf(),
                OptionalInt.of(20),
                query.askedAt());

        assertThat(ids(rank(memories, short20))).containsExactly("a", "b");
    }

    @Test
    void shouldBreakTiesByTheId() {
        var memories = Loaded.of(List.of(fact("b", 1, "violin", "m1", null), fact("a", 1, "violin", "m2", null)));

        assertThat(ids(rank(memories, query("violin", 2)))).containsExactly("a", "b");
    }

    @Test
    void shouldFindNothingForAQuestionWithoutWords() {
        var memories = Loaded.of(List.of(episode("a", 1, "violin lesson")));

        assertThat(rank(memories, query("", 5))).isEmpty();
        assertThat(rank(memories, query("what is it?", 5))).isEmpty();
        assertThat(rank(UserMemories.empty(), query("violin", 5))).isEmpty();
    }

    /** However the memories arrived, in whatever batches and however often, the answer is the same. */
    @Property(tries = 200)
    void shouldRankTheSameWhateverTheOrderOfArrival(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        var random = new Random(seed);
        var words = List.of("violin", "garden", "Lisbon", "kitchen", "painting", "market");
        var memories = new ArrayList<Memory>();
        for (int n = 0; n < size; n++) {
            var text = words.get(random.nextInt(6)) + " " + words.get(random.nextInt(6));
            memories.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                            Loaded.alone("id" + n, random.nextInt(10), text, random.nextFloat(), random.nextFloat());
                        case 1 ->
                            fact(
                                    "id" + n,
                                    random.nextInt(10),
                                    text,
                                    "m" + random.nextInt(5),
                                    minute(random.nextInt(10)));
                        case 2 ->
                            Loaded.procedure("id" + n, "when " + text, text, random.nextFloat(), random.nextFloat());
                        default ->
                            Loaded.of(
                                    episode(
                                            "id" + n,
                                            random.nextInt(10),
                                            text + "?",
                                            random.nextFloat(),
                                            random.nextFloat()),
                                    random.nextBoolean() ? "Ada" : "Eve");
                    });
        }
        var query = withVector(query("When was Ada's violin in the garden in May?", 10), 0.6f, 0.8f);
        var expected = rank(Loaded.of(memories), query);

        Collections.shuffle(memories, random);
        var loaded = UserMemories.empty();
        for (int from = 0, seq = 1; from < size; from += 7, seq++) {
            var batch = new ArrayList<>(memories.subList(from, Math.min(size, from + 7)));
            batch.add(memories.get(0));
            loaded = loaded.with(seq, batch);
        }

        assertThat(rank(loaded, query)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(loaded.size()).isEqualTo(size);
    }

    private static List<RecalledItem> rank(UserMemories memories, RecallQuery query) {
        return Ranker.rank(memories, query, Weights.STANDARD);
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
                query.askedAt());
    }
}
