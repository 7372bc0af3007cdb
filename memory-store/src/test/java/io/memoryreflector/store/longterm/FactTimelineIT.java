package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memoryreflector.events.Fact;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Claims;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class FactTimelineIT {

    private final LongTermMemory longTerm = Stores.longTerm();
    private final FactTimeline timeline = new FactTimeline(Stores.neo4j(), Duration.ofSeconds(30));

    /**
     * Whatever the order, the batches and the repeats, the graph is the same, and everything in it ends when the set of
     * events says.
     */
    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldMakeTheSameGraphOfAnyOrderOfFacts(@ForAll long seed) {
        var user = Stores.newUser();
        var random = new Random(seed);
        var events = Claims.draw(user, random, 2 + random.nextInt(14));

        apply(events, random);
        var first = GraphDump.of(user);
        assertThat(ends(user)).isEqualTo(Validity.ends(events));
        drop(user);
        apply(events, random);

        assertThat(GraphDump.of(user)).isEqualTo(first);
        assertThat(ends(user)).isEqualTo(Validity.ends(events));
    }

    @Test
    void shouldTellTheHistoryOfAFactByEventTimeWhenItWasLearnedInAnotherOrder() {
        var user = Stores.newUser();
        var faro = learned(fact(user, "i3", minute(30), "lives_in", "Faro"), 31);
        var porto = learned(fact(user, "i1", minute(10), "lives_in", "Porto"), 32);
        var lisbon = learned(fact(user, "i2", minute(20), "lives_in", "Lisbon"), 40);
        longTerm.apply(List.of(faro, fact(user, "i4", minute(1), "works_as", "baker")));
        longTerm.apply(List.of(porto));
        longTerm.apply(List.of(lisbon));

        assertThat(timeline.of(faro.getMemoryId()))
                .extracting(FactTimeline.Version::text, FactTimeline.Version::validTo)
                .containsExactly(
                        tuple("Ada lives in Porto", Optional.of(minute(20))),
                        tuple("Ada lives in Lisbon", Optional.of(minute(30))),
                        tuple("Ada lives in Faro", Optional.empty()));
    }

    @Test
    void shouldTellWhatWasBelievedBeforeMoreWasLearned() {
        var user = Stores.newUser();
        var faro = learned(fact(user, "i3", minute(30), "lives_in", "Faro"), 31);
        var porto = learned(fact(user, "i1", minute(10), "lives_in", "Porto"), 32);
        var lisbon = learned(fact(user, "i2", minute(20), "lives_in", "Lisbon"), 40);
        longTerm.apply(List.of(faro, porto, lisbon));

        assertThat(timeline.asKnownAt(porto.getMemoryId(), minute(35)))
                .extracting(FactTimeline.Version::text, FactTimeline.Version::validTo)
                .containsExactly(
                        tuple("Ada lives in Porto", Optional.of(minute(30))),
                        tuple("Ada lives in Faro", Optional.empty()));
        assertThat(timeline.asKnownAt(porto.getMemoryId(), minute(5))).isEmpty();
        assertThat(timeline.of("no such memory")).isEmpty();
    }

    @Test
    void shouldTellNothingOfAnotherUser() {
        var user = Stores.newUser();
        var other = Stores.newUser();
        var mine = fact(user, "i1", minute(1), "lives_in", "Porto");
        longTerm.apply(List.of(mine, fact(other, "i2", minute(2), "lives_in", "Faro")));

        assertThat(timeline.of(mine.getMemoryId()))
                .extracting(FactTimeline.Version::text)
                .containsExactly("Ada lives in Porto");
    }

    private static Fact learned(Fact fact, int minute) {
        fact.setRecordedAt(minute(minute));
        return fact;
    }

    private void apply(List<SpecificRecord> events, Random random) {
        var order = new ArrayList<>(events);
        order.addAll(events.subList(0, random.nextInt(events.size())));
        Collections.shuffle(order, random);
        for (int from = 0; from < order.size(); ) {
            var to = Math.min(order.size(), from + 1 + random.nextInt(5));
            longTerm.apply(order.subList(from, to));
            from = to;
        }
    }

    private Map<String, Instant> ends(UserKey user) {
        var ends = new HashMap<String, Instant>();
        longTerm.since(user, 0).memories().forEach(memory -> memory.validTo()
                .ifPresent(end -> ends.put(memory.memoryId(), end)));
        return ends;
    }

    private static void drop(UserKey user) {
        try (var session = Stores.neo4j().session()) {
            session.run("MATCH (n) WHERE n.user_key = $user DETACH DELETE n", Map.of("user", user.toString()))
                    .consume();
        }
    }
}
