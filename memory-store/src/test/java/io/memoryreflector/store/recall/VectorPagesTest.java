package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.episode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VectorPagesTest {

    private static final String MODEL = "m";
    private static final int DIMENSIONS = 7;

    private final Random random = new Random(1);

    @Test
    void shouldMultiplyEachVectorOverSeveralPages() {
        var vectors =
                Stream.generate(this::vector).limit(2 * VectorPages.PAGE + 3).toList();
        var additions = new VectorPages.Additions(VectorPages.NONE);
        vectors.forEach(vector -> additions.place(MODEL, vector));
        var question = vector();

        var products = additions.pages().products(question);

        for (int i = 0; i < vectors.size(); i++) {
            assertThat(products[i]).isCloseTo(product(question, vectors.get(i)), within(1e-5f));
        }
    }

    @Test
    void shouldLeaveThePagesThatOthersReadAsTheyAre() {
        var first = new VectorPages.Additions(VectorPages.NONE);
        first.place(MODEL, vector());
        var pages = first.pages();
        var question = vector();
        var before = pages.products(question);

        var second = new VectorPages.Additions(pages);
        assertThat(second.place(MODEL, vector())).isEqualTo(1);
        assertThat(second.pages().products(question)[0]).isEqualTo(before[0]);

        assertThat(pages.products(question)).isEqualTo(before);
        assertThat(pages.size()).isEqualTo(1);
    }

    @Test
    void shouldGiveNoPlaceToVectorsOfAnotherModelOrLength() {
        var additions = new VectorPages.Additions(VectorPages.NONE);
        assertThat(additions.place(MODEL, new float[0])).isEqualTo(Entry.NO_PLACE);
        assertThat(additions.place(MODEL, vector())).isZero();

        assertThat(additions.place("other", vector())).isEqualTo(Entry.NO_PLACE);
        assertThat(additions.place(MODEL, new float[] {1})).isEqualTo(Entry.NO_PLACE);
    }

    @Test
    void shouldGiveUpThePlacesOfMemoriesThatWereChangedOften() {
        var memories = Loaded.of(List.of(episode("a", 1, "violin", 1, 0), episode("b", 2, "garden", 0, 1)));
        for (int change = 0; change < 3 * VectorPages.PAGE; change++) {
            memories = memories.with(change + 2L, List.of(episode("a", 1, "violin " + change, 1, 0)));
        }

        assertThat(memories.pages().size()).isLessThan(2 * VectorPages.PAGE);
        var products = memories.pages().products(new float[] {1, 0});
        var last = memories;
        assertThat(IntStream.range(0, last.size()).mapToObj(i -> products[last.columns().place[i]]))
                .containsExactly(1f, 0f);
    }

    private float[] vector() {
        var vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float product(float[] one, float[] other) {
        var sum = 0f;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
