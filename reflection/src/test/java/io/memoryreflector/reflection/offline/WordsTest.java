package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final String SENTENCE = "Anna's dog-friendly cafe, near St. Paul, serves 12 cakes!";

    @Test
    void splitsAtBlanksAndMarksAndKnowsWhereEachWordStands() {
        var words = Words.of(SENTENCE);

        assertThat(words)
                .extracting(Word::text)
                .containsExactly(
                        "Anna's",
                        "dog-friendly",
                        "cafe",
                        ",",
                        "near",
                        "St",
                        ".",
                        "Paul",
                        ",",
                        "serves",
                        "12",
                        "cakes",
                        "!");
        assertThat(words).allSatisfy(word -> assertThat(SENTENCE.substring(word.start(), word.end()))
                .isEqualTo(word.text()));
    }

    @Test
    void tagsPartsOfSpeech() {
        assertThat(Words.of("She serves 12 cakes."))
                .extracting(Word::tag)
                .containsExactly("PRON", "VERB", "NUM", "NOUN", "PUNCT");
        assertThat(Words.of("")).isEmpty();
    }

    @Test
    void manyThreadsTagAlike() {
        var alone = Words.of(SENTENCE);

        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> Words.of(SENTENCE)))
                .hasSize(200)
                .allMatch(alone::equals);
    }
}
