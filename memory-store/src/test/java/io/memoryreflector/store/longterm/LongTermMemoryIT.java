package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.procedure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongTermMemoryIT {

    private final LongTermMemory longTerm = Stores.longTerm();
    private final UserKey user = Stores.newUser();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldMakeTheSameGraphOfAnyOrderAndAnyRepeat(long seed) {
        var events = new ArrayList<SpecificRecord>(List.of(
                fact(user, "i1", minute(1), "lives_in", "Porto"),
                fact(user, "i2", minute(2), "lives_in", "Lisbon"),
                fact(user, "i3", minute(3), "lives_in", "Faro"),
                fact(user, "i4", minute(2), "works_as", "engineer"),
                episode(user, "i1", minute(1), "Ada told where she lives"),
                procedure(user, "i5", minute(5), "answer in French"),
                interaction(user, "i1", minute(1), "I live in Porto")));
        var random = new Random(seed);
        events.addAll(events.subList(0, 4));
        Collections.shuffle(events, random);

        for (int from = 0; from < events.size(); ) {
            var to = Math.min(events.size(), from + 1 + random.nextInt(3));
            longTerm.apply(events.subList(from, to));
            from = to;
        }

        var validTo = new TreeMap<String, Optional<Instant>>();
        longTerm.since(user, 0).memories().forEach(memory -> validTo.put(memory.text(), memory.validTo()));
        assertThat(validTo)
                .containsExactly(
                        Map.entry("Ada lives in Faro", Optional.empty()),
                        Map.entry("Ada lives in Lisbon", Optional.of(minute(3))),
                        Map.entry("Ada lives in Porto", Optional.of(minute(2))),
                        Map.entry("Ada told where she lives", Optional.empty()),
                        Map.entry("Ada works as engineer", Optional.empty()),
                        Map.entry("answer in French", Optional.empty()));
        assertThat(count("Memory")).isEqualTo(6);
        assertThat(count("Interaction")).isEqualTo(1);
        assertThat(count("Message")).isEqualTo(1);
    }

    @Test
    void shouldKeepAStatedEndThatComesBeforeTheNextFact() {
        var stated = fact(user, "i1", minute(1), "lives_in", "Porto");
        stated.setValidTo(minute(2));

        longTerm.apply(List.of(fact(user, "i2", minute(9), "lives_in", "Faro")));
        longTerm.apply(List.of(stated));

        assertThat(longTerm.memory(stated.getMemoryId()).orElseThrow().memory().validTo())
                .contains(minute(2));
    }

    @Test
    void shouldCloseAFactOfItsOwnUserOnly() {
        var other = Stores.newUser();
        var mine = fact(user, "i1", minute(1), "lives_in", "Porto");

        longTerm.apply(List.of(mine, fact(other, "i2", minute(2), "lives_in", "Faro")));

        assertThat(longTerm.memory(mine.getMemoryId()).orElseThrow().memory().validTo())
                .isEmpty();
    }

    @Test
    void shouldCloseNoFactThatMayHaveManyObjects() {
        var tea = fact(user, "i1", minute(1), "likes", "tea");
        var coffee = fact(user, "i2", minute(2), "likes", "coffee");
        tea.setFunctional(false);
        coffee.setFunctional(false);

        longTerm.apply(List.of(tea, coffee));

        assertThat(longTerm.since(user, 0).memories()).hasSize(2).allSatisfy(memory -> assertThat(memory.validTo())
                .isEmpty());
    }

    @Test
    void shouldGiveAMemoryBackWithAllThatRecallNeeds() {
        var episode = episode(user, "i1", minute(1), "Ada moved to Lisbon", 0.6f, 0.8f);

        longTerm.apply(List.of(episode));

        var owned = longTerm.memory(episode.getMemoryId()).orElseThrow();
        assertThat(owned.user()).isEqualTo(user);
        assertThat(owned.memory().tier()).isEqualTo(Tier.EPISODIC);
        assertThat(owned.memory().text()).isEqualTo("Ada moved to Lisbon");
        assertThat(owned.memory().sessionId()).contains(Samples.SESSION);
        assertThat(owned.memory().occurredAt()).isEqualTo(minute(1));
        assertThat(owned.memory().sources()).isEqualTo(episode.getSources());
        assertThat(owned.memory().vector()).containsExactly(0.6f, 0.8f);
        assertThat(owned.memory().vectorModel()).isEqualTo(Samples.MODEL);
        assertThat(longTerm.memory("no-such-memory")).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissing() {
        var episode = episode(user, "i1", minute(1), "Ada moved to Lisbon");
        longTerm.apply(List.of(episode));

        assertThat(longTerm.missing(List.of(episode.getMemoryId(), "not-there")))
                .containsExactly("not-there");
        assertThat(longTerm.missing(List.of())).isEmpty();
    }

    @Test
    void shouldGiveOnlyWhatChangedSince() {
        var porto = fact(user, "i1", minute(1), "lives_in", "Porto");
        longTerm.apply(List.of(porto, fact(user, "i9", minute(1), "works_as", "engineer")));
        var first = longTerm.since(user, 0);
        assertThat(longTerm.since(user, first.seq()).memories()).isEmpty();

        longTerm.apply(List.of(fact(user, "i2", minute(2), "lives_in", "Lisbon")));

        var second = longTerm.since(user, first.seq());
        assertThat(second.memories())
                .extracting(Memory::text)
                .containsExactlyInAnyOrder("Ada lives in Porto", "Ada lives in Lisbon");
        assertThat(second.seq()).isGreaterThan(first.seq());
        assertThat(longTerm.since(Stores.newUser(), 0)).isEqualTo(new Delta(0, true, List.of()));
    }

    @Test
    void shouldPageThroughMemoriesOfEqualTimesWithoutGapOrRepeat() {
        var episodes = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 25; n++) {
            episodes.add(episode(user, "i" + n, minute(n / 5), "episode " + n));
        }
        longTerm.apply(episodes);

        var seen = new ArrayList<Memory>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = longTerm.memories(user, filter(4, cursor));
            assertThat(page.memories()).hasSizeBetween(1, 4);
            seen.addAll(page.memories());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(new HashSet<>(seen.stream().map(Memory::memoryId).toList())).hasSize(25);
        assertThat(seen).hasSize(25).isSortedAccordingTo((a, b) -> b.occurredAt()
                .compareTo(a.occurredAt()));
    }

    @Test
    void shouldListWhatTheFilterSays() {
        var elsewhere = episode(user, "i3", minute(3), "Ada swims in Faro");
        elsewhere.setSessionId("s2");
        longTerm.apply(List.of(
                episode(user, "i1", minute(1), "Ada moved to Lisbon"),
                fact(user, "i2", minute(2), "lives_in", "Lisbon"),
                elsewhere));

        assertThat(texts(new MemoryFilter(Optional.of(Tier.SEMANTIC), none(), none(), none(), none(), 10, none())))
                .containsExactly("Ada lives in Lisbon");
        assertThat(texts(new MemoryFilter(none(), Optional.of("s2"), none(), none(), none(), 10, none())))
                .containsExactly("Ada swims in Faro");
        assertThat(texts(new MemoryFilter(
                        none(), none(), Optional.of(minute(2)), Optional.of(minute(2)), none(), 10, none())))
                .containsExactly("Ada lives in Lisbon");
        assertThat(texts(new MemoryFilter(none(), none(), none(), none(), Optional.of("LISBON"), 10, none())))
                .containsExactly("Ada lives in Lisbon", "Ada moved to Lisbon");
    }

    @Test
    void shouldListWhatHadHappenedAndWasNotOverAtATime() {
        longTerm.apply(List.of(
                fact(user, "i1", minute(1), "lives_in", "Porto"),
                episode(user, "i2", minute(2), "Ada moved"),
                fact(user, "i3", minute(3), "lives_in", "Faro")));

        assertThat(texts(asOf(minute(0)))).isEmpty();
        assertThat(texts(asOf(minute(1)))).containsExactly("Ada lives in Porto");
        assertThat(texts(asOf(minute(2)))).containsExactly("Ada moved", "Ada lives in Porto");
        assertThat(texts(asOf(minute(3)))).containsExactly("Ada lives in Faro", "Ada moved");
    }

    private static MemoryFilter asOf(Instant time) {
        return new MemoryFilter(none(), none(), none(), none(), none(), 10, none(), Optional.of(time));
    }

    @Test
    void shouldRefuseACursorThatIsNotOurs() {
        assertThatThrownBy(() -> longTerm.memories(user, filter(4, Optional.of("nonsense"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cursor: got 'nonsense'");
    }

    @Test
    void shouldTreatTextAsTextAndNeverAsAStatement() {
        var text = "'}) DETACH DELETE m // `\"$user";
        var injected = episode(user, "i1", minute(1), text);

        longTerm.apply(List.of(injected));

        assertThat(texts(new MemoryFilter(none(), none(), none(), none(), Optional.of(text), 10, none())))
                .containsExactly(text);
    }

    @Test
    void shouldGiveEachOfManyWritersAtOnceANumberOfItsOwn() throws Exception {
        var writers = 8;
        var batches = 10;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            var written = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                var name = "w" + writer;
                written.add(pool.submit(() -> {
                    for (int n = 0; n < batches; n++) {
                        longTerm.apply(List.of(
                                episode(user, name + n, minute(n), "episode " + n),
                                fact(user, name + n, minute(n), "lives_in", name + n),
                                interaction(user, name + n, minute(n), "turn " + n)));
                    }
                }));
            }
            for (var one : written) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        var delta = longTerm.since(user, 0);
        assertThat(delta.seq()).isEqualTo((long) writers * batches);
        assertThat(delta.memories()).hasSize(2 * writers * batches);
        assertThat(delta.memories())
                .filteredOn(memory ->
                        memory.tier() == Tier.SEMANTIC && memory.validTo().isEmpty())
                .hasSize(1);
    }

    @Test
    void shouldRefuseAnEventOfAnotherKind() {
        var status = Samples.status(user, "i1", 1, ReflectionState.QUEUED, List.of());

        assertThatThrownBy(() -> longTerm.apply(List.of(status)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ReflectionStatus");
    }

    @Test
    void shouldHoldEachMessageOnceThoughReplayedInOtherBatches() {
        var turns = new ArrayList<Interaction>();
        for (int n = 0; n < 20; n++) {
            turns.add(interaction(user, "i" + n, minute(n), "turn " + n));
        }

        longTerm.apply(turns);
        longTerm.apply(turns.subList(5, 15));
        longTerm.apply(turns);

        assertThat(count("Interaction")).isEqualTo(20);
        assertThat(count("Message")).isEqualTo(20);
    }

    private List<String> texts(MemoryFilter filter) {
        return longTerm.memories(user, filter).memories().stream()
                .map(Memory::text)
                .toList();
    }

    private static MemoryFilter filter(int limit, Optional<String> cursor) {
        return new MemoryFilter(none(), none(), none(), none(), none(), limit, cursor);
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
    }

    private long count(String label) {
        try (var session = Stores.neo4j().session()) {
            return session.run(
                            "MATCH (n) WHERE n.user_key = $user AND $label IN labels(n) RETURN count(n) AS n",
                            Map.of("user", user.toString(), "label", label))
                    .single()
                    .get("n")
                    .asLong();
        }
    }

    @Test
    void shouldCloseWhatIsNamedWhicheverArrivesFirst() {
        for (var newestFirst : List.of(true, false)) {
            var someone = Stores.newUser();
            var old = procedure(someone, "i1", minute(1), "answer in French");
            var current = procedure(someone, "i2", minute(2), "answer in German");
            current.setSupersedes(List.of(old.getMemoryId()));

            longTerm.apply(List.of(newestFirst ? current : old));
            longTerm.apply(List.of(newestFirst ? old : current));

            assertThat(longTerm.memory(old.getMemoryId()).orElseThrow().memory().validTo())
                    .contains(minute(2));
            assertThat(longTerm.since(someone, 0).memories()).hasSize(2);
        }
    }

    @Test
    void shouldNotTakeANamedMemoryForOneThatIsThere() {
        var current = procedure(user, "i2", minute(2), "answer in German");
        current.setSupersedes(List.of("named-" + user));

        longTerm.apply(List.of(current));

        assertThat(longTerm.missing(List.of("named-" + user))).hasSize(1);
        assertThat(longTerm.memory("named-" + user)).isEmpty();
        assertThat(longTerm.memories(user, filter(10, none())).memories()).hasSize(1);
    }

    @Test
    void shouldLeaveTheMemoryOfAnotherUserAsItIs() {
        var mine = episode(user, "i1", minute(1), "mine");
        var forged = episode(Stores.newUser(), "i1", minute(1), "forged");
        forged.setMemoryId(mine.getMemoryId());
        longTerm.apply(List.of(mine));

        longTerm.apply(List.of(forged));

        var held = longTerm.memory(mine.getMemoryId()).orElseThrow();
        assertThat(held.user()).isEqualTo(user);
        assertThat(held.memory().text()).isEqualTo("mine");
    }

    @Test
    void shouldMissNothingWhenAskedWhileOthersCommit() throws Exception {
        var writers = 3;
        var each = 60;
        var pool = Executors.newFixedThreadPool(writers);
        var seen = new HashSet<String>();
        try {
            var written = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                var name = "w" + writer + "-";
                written.add(pool.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        longTerm.apply(List.of(episode(user, name + n, minute(n), "episode " + n)));
                    }
                }));
            }
            var seq = 0L;
            while (seen.size() < writers * each && seq < (long) writers * each) {
                var delta = longTerm.since(user, seq);
                delta.memories().forEach(memory -> seen.add(memory.memoryId()));
                seq = delta.seq();
            }
            for (var one : written) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(seen).hasSize(writers * each);
    }
}
