package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.state.FactChange;
import io.memoryreflector.state.KnownFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class KnownFactsTest {

    private static final String ADA = "default/ada";
    private static final Instant MAY = Instant.parse("2026-05-02T10:00:00Z");

    private final KnownFacts known = knownFacts();

    @Test
    void shouldKnowOnlyTheLatestOfWhatHasOneObjectAtATime() {
        known.learn(ADA, List.of(fact("2", "lives_in", "Lisbon", 2)));
        known.learn(ADA, List.of(fact("1", "lives_in", "Berlin", 1)));

        assertThat(ids(known.relevantTo(ADA, List.of(task("Hello"))))).containsExactly("2");
    }

    @Test
    void shouldForgetWhatALaterFactHasClosedByName() {
        var likes = fact("1", "likes", "tea", 1);
        likes.setFunctional(false);
        var dislikes = fact("2", "dislikes", "tea", 2);
        dislikes.setSupersedes(List.of("1"));
        known.learn(ADA, List.of(likes));
        known.learn(ADA, List.of(dislikes));

        assertThat(ids(known.relevantTo(ADA, List.of(task("Hello"))))).containsExactly("2");
    }

    @Test
    void shouldNotTellOfWhatHasEndedNorOfOtherUsers() {
        var ended = fact("1", "works_at", "Acme", 1);
        ended.setValidTo(MAY);
        known.learn(ADA, List.of(ended));
        known.learn("default/ad", List.of(fact("2", "lives_in", "Rome", 1)));

        assertThat(known.relevantTo(ADA, List.of(task("Hello")))).isEmpty();
    }

    @Test
    void shouldTellOfWhatBearsOnTheTasksFirst() {
        known.learn(ADA, List.of(fact("home", "lives_in", "Lisbon", 0)));
        for (int i = 1; i <= 100; i++) {
            known.learn(ADA, List.of(fact("p" + i, "predicate_" + i, "object " + i, i)));
        }

        var told = known.relevantTo(ADA, List.of(task("I leave Lisbon tomorrow")));

        assertThat(told).hasSize(KnownFacts.MOST);
        assertThat(ids(told)).startsWith("home").endsWith("p100");
    }

    /** The order in which events come does not decide what holds. */
    @Property
    void anyOrderLeadsToTheSameCurrentFacts(@ForAll long seed) {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < 6; i++) {
            facts.add(fact("h" + i, "lives_in", "town " + i, i));
            facts.add(fact("w" + i, "works_at", "firm " + i, i));
        }
        Collections.shuffle(facts, new Random(seed));
        var shuffled = knownFacts();
        facts.forEach(fact -> shuffled.learn(ADA, List.of(fact)));

        assertThat(ids(shuffled.relevantTo(ADA, List.of(task("Hello"))))).containsExactly("h5", "w5");
    }

    @Test
    void shouldTellAFactInOtherWordsAndNotWhatTheyMayContradict() {
        known.learn(ADA, List.of(fact("1", "lives_in", "Lisbon", 1)));
        known.amend(ADA, amendment("a", "1", 1).setText("Ada lives in Porto.").build());

        assertThat(told()).singleElement().satisfies(fact -> {
            assertThat(fact.getStatement()).isEqualTo("Ada lives in Porto.");
            assertThat(fact.getReworded()).isTrue();
        });
        known.learn(ADA, List.of(fact("1", "lives_in", "Lisbon", 1)));
        assertThat(told()).extracting(KnownFact::getStatement).containsExactly("Ada lives in Porto.");
    }

    @Test
    void shouldNotTellWhatIsHeldBackUntilItIsReleased() {
        known.learn(ADA, List.of(fact("1", "lives_in", "Lisbon", 1)));
        known.amend(ADA, amendment("a", "1", 1).setReleased(false).build());
        assertThat(told()).isEmpty();

        known.learn(ADA, List.of(fact("0", "lives_in", "Berlin", 0)));
        assertThat(ids(told())).containsExactly("0");

        known.amend(ADA, amendment("b", "1", 2).setReleased(true).build());
        assertThat(ids(told())).containsExactly("1");
    }

    @Test
    void shouldTellWhatWasHeldBackWhenItWasMadeOnceItIsReleased() {
        var suspicious = fact("1", "lives_in", "Lisbon", 1);
        suspicious.setQuarantine("asks to drop instructions");
        known.learn(ADA, List.of(suspicious));
        assertThat(told()).isEmpty();

        known.amend(ADA, amendment("a", "1", 1).setReleased(true).build());
        assertThat(ids(told())).containsExactly("1");
        known.amend(ADA, amendment("b", "1", 2).setReleased(false).build());
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldLetHoldAgainWhatAHeldFactHadEnded() {
        var likes = fact("1", "likes", "tea", 1);
        likes.setFunctional(false);
        var dislikes = fact("2", "dislikes", "tea", 2);
        dislikes.setSupersedes(List.of("1"));
        known.learn(ADA, List.of(likes, dislikes));

        known.amend(ADA, amendment("a", "2", 1).setReleased(false).build());
        assertThat(ids(told())).containsExactly("1");
        known.amend(ADA, amendment("b", "2", 2).setReleased(true).build());
        assertThat(ids(told())).containsExactly("2");
    }

    @Test
    void shouldEndAlsoWhatIsHeldBack() {
        known.learn(ADA, List.of(fact("1", "likes", "tea", 1)));
        known.amend(ADA, amendment("a", "1", 1).setReleased(false).build());
        var dislikes = fact("2", "dislikes", "tea", 2);
        dislikes.setSupersedes(List.of("1"));
        known.learn(ADA, List.of(dislikes));

        known.amend(ADA, amendment("b", "1", 2).setReleased(true).build());

        assertThat(ids(told())).containsExactly("2");
    }

    @Test
    void shouldForgetAFactWithItsChangesAndThoseThatWaitForOne() {
        known.learn(ADA, List.of(fact("1", "lives_in", "Lisbon", 1)));
        known.amend(ADA, amendment("a", "1", 1).setReleased(false).build());
        known.amend(ADA, amendment("b", "2", 1).setText("Ada has two dogs.").build());

        assertThat(known.forget(ADA, 100, handed -> true)).isEqualTo(2);
        known.amend(ADA, amendment("c", "1", 2).setReleased(true).build());
        known.learn(ADA, List.of(fact("2", "has", "dogs", 2)));

        assertThat(told()).extracting(KnownFact::getStatement).containsExactly("Ada has dogs.");
    }

    /** A fact and its changes come from two topics, and each may come twice. */
    @Property
    void anyOrderOfAFactAndItsChangesLeadsToTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var suspicious = random.nextBoolean();
        var last = (Boolean) null;
        var changes = new ArrayList<MemoryAmended>();
        for (int i = 0; i < 5; i++) {
            var change = amendment("a" + i, "1", i / 2);
            if (random.nextBoolean()) {
                change.setText("wording " + i);
            } else {
                change.setReleased(random.nextBoolean());
            }
            changes.add(change.build());
            last = change.getReleased() == null ? last : change.getReleased();
        }
        var words = changes.stream()
                .map(MemoryAmended::getText)
                .filter(text -> text != null)
                .reduce("Ada lives in Lisbon.", (before, after) -> after);
        var isTold = last == null ? !suspicious : last;
        var events = new ArrayList<Runnable>();
        var shuffled = knownFacts();
        for (int time = 0; time < 2; time++) {
            changes.forEach(change -> events.add(() -> shuffled.amend(ADA, change)));
            events.add(() -> {
                var fact = fact("1", "lives_in", "Lisbon", 1);
                fact.setQuarantine(suspicious ? "asks to drop instructions" : null);
                shuffled.learn(ADA, List.of(fact));
            });
        }
        Collections.shuffle(events, random);
        events.forEach(Runnable::run);

        assertThat(shuffled.relevantTo(ADA, List.of(task("Hello"))))
                .extracting(KnownFact::getStatement)
                .isEqualTo(isTold ? List.of(words) : List.of());
    }

    private List<KnownFact> told() {
        return known.relevantTo(ADA, List.of(task("Hello")));
    }

    private static MemoryAmended.Builder amendment(String id, String memoryId, int minute) {
        return MemoryAmended.newBuilder()
                .setAmendmentId(id)
                .setNamespace("default")
                .setUserId("ada")
                .setMemoryId(memoryId)
                .setTier(Tier.SEMANTIC)
                .setRecordedAt(MAY)
                .setAmendedAt(MAY.plusSeconds(60L * minute));
    }

    private static KnownFacts knownFacts() {
        return new KnownFacts(store(KnownFact.SCHEMA$), store(FactChange.SCHEMA$));
    }

    private static <T extends SpecificRecord> KeyValueStore<Bytes, T> store(Schema schema) {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("known"), Serdes.Bytes(), StateSerde.<T>of(schema))
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }

    private static List<String> ids(List<KnownFact> facts) {
        return facts.stream().map(KnownFact::getMemoryId).toList();
    }

    private static ReflectionTask task(String text) {
        return ReflectionTask.newBuilder()
                .setInteractionId("i")
                .setNamespace("default")
                .setUserId("ada")
                .setTier(Tier.SEMANTIC)
                .setOccurredAt(MAY)
                .setRecordedAt(MAY)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m")
                        .setRole(Role.USER)
                        .setContent(text)
                        .setSentAt(MAY)
                        .build()))
                .build();
    }

    private static Fact fact(String id, String predicate, String object, int day) {
        return Fact.newBuilder()
                .setMemoryId(id)
                .setNamespace("default")
                .setUserId("ada")
                .setOccurredAt(MAY)
                .setRecordedAt(MAY)
                .setSources(List.of())
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSubject("Ada")
                .setPredicate(predicate)
                .setObject(object)
                .setStatement("Ada " + predicate.replace('_', ' ') + " " + object + ".")
                .setFunctional(true)
                .setValidFrom(MAY.plusSeconds(86_400L * day))
                .build();
    }
}
