package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactFinderTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            My name is Priya Raman.                              | User      | name             | Priya Raman
            I live in Porto.                                     | User      | lives_in         | Porto
            I’m living in Lisbon, Portugal.                      | User      | lives_in         | Lisbon, Portugal
            I live in a small flat in Turin.                     | User      | lives_in         | Turin
            My favorite color is now teal.                       | User      | favourite_colour | teal
            I turned 40 yesterday.                               | User      | age              | 40
            Our anniversary is on 4 June.                        | User's anniversary | is_on   | 4 June
            I'm originally from Chennai.                         | User      | from             | Chennai
            I moved to Portugal three years ago.                 | User      | moved_to         | Portugal
            I moved to Portugal three years ago.                 | User      | lives_in         | Portugal
            I moved to Berlin for a new job at Siemens.          | User      | lives_in         | Berlin
            I've been living in Hamburg since 2019.              | User      | lives_in         | Hamburg
            I'm training for a half marathon.                    | User      | trains_for       | half marathon
            I have an appointment with Dr. Weber on 14 March at 9:30. | User  | appointment      | appointment with Dr. Weber on 14 March at 9:30
            My parents live in Graz.                             | User's parents | lives_in    | Graz
            I grew up in Bergen.                                 | User      | grew_up_in       | Bergen
            I was born in 1990.                                  | User      | born_on          | 1990
            My birthday is on 3 March.                           | User      | birthday         | 3 March
            I'm 34 years old.                                    | User      | age              | 34
            I work as a structural engineer at Mota.             | User      | works_as         | structural engineer
            I work as a structural engineer at Mota.             | User      | works_at         | Mota
            I'm a nurse.                                         | User      | works_as         | nurse
            I work for a small bakery called Crumbs.             | User      | works_at         | small bakery called Crumbs
            I started working at Novadata on Monday.             | User      | works_at         | Novadata
            I graduated from Delft in 2015.                      | User      | graduated_from   | Delft
            I study marine biology.                              | User      | studies          | marine biology
            I speak Portuguese and a bit of French.              | User      | speaks           | Portuguese and French
            My sister Anna lives in Madrid.                      | User      | has_sister       | Anna
            My sister Anna lives in Madrid.                      | Anna      | lives_in         | Madrid
            My mother is a teacher.                              | User's mother | works_as     | teacher
            My husband Tom and I have two kids, Leo and Mia.     | User      | has_husband      | Tom
            Greta is my best friend.                             | User      | has_friend       | Greta
            I'm married to Jonas.                                | User      | has_spouse       | Jonas
            I have a dog named Rex.                              | User      | has_dog          | Rex
            My cat's name is Luna.                               | User      | has_cat          | Luna
            My favourite colour is dark green.                   | User      | favourite_colour | dark green
            My favorite band is Radiohead.                       | User      | favourite_band   | Radiohead
            I really love hiking and sourdough bread.            | User      | likes            | hiking and sourdough bread
            I don't like coriander.                              | User      | dislikes         | coriander
            I can't stand loud restaurants.                      | User      | dislikes         | loud restaurants
            I prefer tea to coffee.                              | User      | prefers          | tea to coffee
            I'm allergic to peanuts.                             | User      | allergic_to      | peanuts
            I'm vegan.                                           | User      | diet             | vegan
            I don't eat pork.                                    | User      | does_not_eat     | pork
            I was diagnosed with asthma as a child.              | User      | has_condition    | asthma
            I bought a new laptop yesterday.                     | User      | owns             | new laptop
            I play the cello.                                    | User      | plays            | cello
            I'm planning to run a marathon in October.           | User      | plans            | run a marathon in October
            My phone number is 555 0199.                         | User      | phone_number     | 555 0199
            I live in Lisbon, can you name a restaurant?         | User      | lives_in         | Lisbon
            """)
    void findsTheFactThatAPersonStates(String sentence, String subject, String predicate, String object) {
        assertThat(FactFinder.in(sentence, Narrator.alone("User")))
                .anySatisfy(fact -> assertThat(List.of(fact.subject(), fact.predicate(), fact.object()))
                        .containsExactly(subject, predicate, object));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi! How are you?",
                "Thanks a lot, that's great!",
                "I love it!",
                "I like that idea.",
                "I love how you did that.",
                "I'm so happy for you!",
                "I'm a bit tired.",
                "I have a question about Java.",
                "I have a lot of work today.",
                "I'm going to sleep now, bye!",
                "I was wondering if you could help me.",
                "If I lived in Paris, I would be happy.",
                "I wish I had a dog named Bob.",
                "Do I live in Madrid?",
                "Where does my sister Anna live?",
                "She said \"I live in Madrid and I love it\".",
                "> I live in Madrid.",
                "```\nI live in Madrid.\n```",
                "Sounds good, see you tomorrow!",
                "Yes.",
                ""
            })
    void findsNothingInSmallTalkQuestionsGuessesAndQuotes(String text) {
        assertThat(FactFinder.in(text, Narrator.alone("User"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I no longer work at Mota.     | works_at | Mota  | User no longer works at Mota.
            I quit my job at Brisa.       | works_at | Brisa | User no longer works at Brisa.
            I used to live in Rome.       | lives_in | Rome  | User no longer lives in Rome.
            I don't live in Rome any more. | lives_in | Rome | User no longer lives in Rome.
            """)
    void saysThatAFactHasEnded(String sentence, String predicate, String object, String statement) {
        assertThat(FactFinder.in(sentence, Narrator.alone("User")))
                .containsExactly(new FoundFact("User", predicate, object, statement, true, true, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            I no longer play the cello.             | plays | cello      | User no longer plays the cello.
            I don't own a boat any more.            | owns  | boat       | User no longer owns a boat.
            I'm not vegetarian anymore.             | diet  | vegetarian | User no longer is vegetarian.
            I sold my car last week.                | owns  | car        | User no longer owns their car.
            """)
    void whatHasManyValuesEndsByItself(String sentence, String predicate, String object, String statement) {
        assertThat(FactFinder.in(sentence, Narrator.alone("User")))
                .containsExactly(new FoundFact("User", predicate, object, statement, false, true, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "As you told me, I live in Lisbon and work as a nurse.",
                "You said that my sister Anna lives in Madrid.",
                "<memory>I live in Lisbon.</memory>",
                "What I remember about you:\n- I live in Lisbon.\n- I am a nurse.",
                "Translate this: I live in Lisbon."
            })
    void findsNothingInWhatComesBackFromMemoryOrIsHandedOver(String text) {
        assertThat(FactFinder.in(text, Narrator.alone("User"))).isEmpty();
    }

    @Test
    void theSentenceTellsAnEventBetterThanTheRule() {
        assertThat(FactFinder.in("I joined a mentorship program for young people last weekend.", Narrator.alone("Ana")))
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.predicate()).isEqualTo("joined");
                    assertThat(fact.statement())
                            .isEqualTo("Ana joined a mentorship program for young people last weekend.");
                });
    }

    @Test
    void aMotherIsOneEntityByAnyOfHerNames() {
        var subjects =
                FactFinder.in("My mom is a nurse. My mother plays chess. My mum speaks Dutch.", Narrator.alone("Ana"))
                        .stream()
                        .map(FoundFact::subject)
                        .distinct();

        assertThat(subjects).containsExactly("Ana's mother");
    }

    @Test
    void tellsTheStatementInThirdPerson() {
        assertThat(FactFinder.in("I'm going to visit my parents in Leiria.", Narrator.alone("Caroline")))
                .extracting(FoundFact::statement)
                .containsExactly("Caroline plans to visit their parents in Leiria.");
    }

    @Test
    void onlyWhatHasOneCurrentValueIsFunctional() {
        assertThat(FactFinder.in(
                        "My name is Ana. I live in Porto. My favourite tea is oolong.", Narrator.alone("User")))
                .hasSize(3)
                .allMatch(FoundFact::functional);
        assertThat(FactFinder.in("I like tea. I own a small boat. My sister Anna plays chess.", Narrator.alone("User")))
                .hasSize(4)
                .noneMatch(FoundFact::functional);
    }

    @Test
    void findsTheFactsOfSeveralClausesInOrder() {
        assertThat(FactFinder.in(
                        "I'm from Chennai, but I moved to Oslo, and my brother Erik still lives in Bergen.",
                        Narrator.alone("Priya")))
                .extracting(FoundFact::statement)
                .containsExactly(
                        "Priya has a brother named Erik.",
                        "Priya is from Chennai.",
                        "Priya moved to Oslo.",
                        "Priya lives in Oslo.",
                        "Erik lives in Bergen.");
    }
}
