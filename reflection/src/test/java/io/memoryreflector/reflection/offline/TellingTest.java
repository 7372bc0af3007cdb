package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TellingTest {

    private static final Narrator ANA = new Narrator("Ana", true, Map.of());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            I painted that lake sunrise for my mother.        | Ana painted that lake sunrise for their mother           | Ana            | painted        | that lake sunrise for their mother
            I usually bring my dog Rex to the office.         | Ana usually brings their dog Rex to the office           | Ana            | brings         | dog Rex to the office
            We have explored old castles in Scotland.         | Ana has explored old castles in Scotland                 | Ana            | has_explored   | old castles in Scotland
            Last Friday I took my kids to a pottery workshop. | Ana took their kids to a pottery workshop last Friday    | Ana            | took           | kids to a pottery workshop
            Lost my job as a banker yesterday.                | Ana lost their job as a banker yesterday                 | Ana            | lost           | job as a banker yesterday
            Finishing up choreography for a festival in May.  | Ana is finishing up choreography for a festival in May   | Ana            | finishing_up   | choreography for a festival in May
            I always bring flowers and play old songs at parties. | Ana always brings flowers and plays old songs at parties | Ana | brings | flowers
            I collect vintage cameras.                        | Ana collects vintage cameras                             | Ana            | collects       | vintage cameras
            My goal is to open a shelter for old horses.      | Ana's goal is to open a shelter for old horses           | Ana's goal     | is_to_open     | shelter for old horses
            My boss Karen cancelled the whole summer party.   | Ana's boss Karen cancelled the whole summer party        | Karen          | cancelled      | whole summer party
            The support group has given me courage and friends to lean on. | The support group has given Ana courage and friends to lean on | support group | has_given | Ana courage and friends
            """)
    void tellsTheSentenceInThirdPersonAndSplitsIt(
            String sentence, String statement, String subject, String predicate, String object) {
        assertThat(Telling.in(sentence, ANA)).contains(new Telling(subject, predicate, object, statement));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Did I paint that lake sunrise for my mother?",
                "I painted it.",
                "So do I",
                "I",
                "I really hope you like my new lake painting.",
                "My friend Tom said that he moved to a farm in Norway.",
                "The painting shows a lake at sunrise in northern Sweden.",
                "It made me feel connected to people from all over the world.",
                "Losing weight before the summer is a hard and boring business."
            })
    void tellsNothingOfQuestionsOfOthersAndOfTheOneSpokenTo(String sentence) {
        assertThat(Telling.in(sentence, ANA)).isEmpty();
    }

    @Test
    void aRequestToAMachineTellsNothingButAWishAmongPeopleDoes() {
        var sentence = "I need a good dance floor with enough bounce for my students.";

        assertThat(Telling.in(sentence, Narrator.alone("Ana"))).isEmpty();
        assertThat(Telling.in(sentence, ANA)).isPresent();
    }
}
