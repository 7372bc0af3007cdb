package io.memoryreflector.reflection.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniLmEmbedderTest {

    private final Embedder embedder = new MiniLmEmbedder();

    @Test
    void vectorsHaveUnitLength() {
        assertThat(embedder.embed(List.of("I live in Porto.", "", "word ".repeat(5_000))))
                .hasSize(3)
                .allSatisfy(vector -> {
                    assertThat(vector).hasSize(MiniLmEmbedder.DIMENSIONS);
                    assertThat(dot(vector, vector)).isCloseTo(1.0, within(1e-4));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "\u00a0", "\u200b", "\u0301", "\u0000", "\ud83d", "\ud83d\ude00"})
    void aTextWithoutWordsHasAVectorToo(String text) {
        var vector = embedder.embed(text);

        assertThat(dot(vector, vector)).isCloseTo(1.0, within(1e-4));
    }

    @Test
    void whatMeansTheSameLiesNearer() {
        var home = embedder.embed("Where does she live?");

        assertThat(dot(home, embedder.embed("Her home is in Porto.")))
                .isGreaterThan(dot(home, embedder.embed("The cake needs two eggs.")));
    }

    @Test
    void aTextHasTheSameVectorInAnyCompany() {
        var alone = embedder.embed("I live in Porto.");

        assertThat(embedder.embed(List.of("A much longer text about quite another matter.", "I live in Porto."))
                        .get(1))
                .containsExactly(alone);
    }

    private static double dot(float[] a, float[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
