package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.state.KnownFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class KnownFactsTest {

    private static final String ADA = "default/ada";
    private static final Instant MAY = Instant.parse("2026-05-02T10:00:00Z");

    private final KnownFacts known = new KnownFacts(store());

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
        var shuffled = new KnownFacts(store());
        facts.forEach(fact -> shuffled.learn(ADA, List.of(fact)));

        assertThat(ids(shuffled.relevantTo(ADA, List.of(task("Hello"))))).containsExactly("h5", "w5");
    }

    private static KeyValueStore<Bytes, KnownFact> store() {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("known"),
                        Serdes.Bytes(),
                        StateSerde.<KnownFact>of(KnownFact.SCHEMA$))
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
