package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.state.PendingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** The fixture's records are of {@code START}; an erasure is of whatever time the test gives it. */
class ErasuresTest {

    private static final UserKey ADA = new UserKey("default", "ada");
    private static final Instant START = TopologyFixture.START;
    private static final Instant BEFORE = START.minusSeconds(1);
    private static final Instant LATER = START.plusSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void shouldDropWhatWasHandedOverBeforeAnErasureAndTakeWhatCameAfter() {
        try (var topology = new TopologyFixture()) {
            topology.erasures.add(ADA, ErasureScope.USER, null, START);
            topology.send("ada", "i1", "late");
            topology.send("bob", "b1", "not concerned");
            at(topology, LATER, "i2", "new");
            topology.succeedAll();

            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("not concerned", "new");
            assertThat(topology.statuses())
                    .extracting(ReflectionStatus::getInteractionId)
                    .doesNotContain("i1");
            assertThat(dropped(topology, "intake")).isOne();
        }
    }

    @Test
    void shouldTakeAwayTasksThatWaitAndNotWriteWhatComesOfACallUnderWay() {
        try (var topology = new TopologyFixture(1, 3)) {
            topology.send("ada", "i1", "under way");
            topology.send("ada", "i2", "waits");
            topology.erasures.add(ADA, ErasureScope.USER, null, START);
            topology.advance(SOON);
            for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
                assertThat(store(topology, Names.pendingStore(tier))).isEmpty();
            }

            topology.succeedAll();
            topology.advance(SOON);

            assertThat(topology.facts(Tier.SEMANTIC)).isEmpty();
            assertThat(topology.facts(Tier.EPISODIC)).isEmpty();
            assertThat(topology.semantic.open()).isEmpty();
            at(topology, LATER, "i3", "new");
            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("new");
        }
    }

    @Test
    void shouldNotWriteWhatComesBackBeforeTheStoresAreEmptied() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "under way");
            topology.erasures.add(ADA, ErasureScope.INTERACTION, "i1", START);
            topology.semantic.only().succeed();
            topology.episodic
                    .only()
                    .fail(new ReflectionFailure.Transient(new TimeoutException("slow"), java.util.Optional.empty()));
            topology.procedural.only().fail(new ReflectionFailure.Permanent(new IllegalStateException("refused")));
            topology.tick();

            assertThat(topology.facts(Tier.SEMANTIC)).isEmpty();
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(topology.output(Topics.RETRY).readValuesToList()).isEmpty();
        }
    }

    @Test
    void shouldEmptyEveryStoreAndTellTheCompactedTopic() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i2", "second");
            topology.send("bob", "b1", "not concerned");
            topology.succeedAll();
            topology.output(Topics.REFLECTIONS).readValuesToList();
            assertThat(about(topology)).isNotEmpty();

            topology.erasures.add(ADA, ErasureScope.USER, null, START);
            topology.advance(SOON);

            assertThat(about(topology)).isEmpty();
            assertThat(store(topology, Names.SEEN_STORE)).hasSize(1);
            assertThat(topology.<ReflectionStatus>output(Topics.REFLECTIONS).readKeyValuesToMap())
                    .isEqualTo(nothingOf("i1", "i2"));
        }
    }

    @Test
    void shouldEmptyTheDelayStore() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "fails");
            topology.semantic
                    .only()
                    .fail(new ReflectionFailure.Transient(new TimeoutException("slow"), java.util.Optional.empty()));
            topology.tick();
            assertThat(store(topology, Names.DELAY_STORE)).hasSize(1);

            topology.erasures.add(ADA, ErasureScope.SESSION, "s1", START);
            topology.advance(SOON);

            assertThat(store(topology, Names.DELAY_STORE)).isEmpty();
            topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(2));
            assertThat(topology.semantic.open()).isEmpty();
        }
    }

    @Test
    void shouldLiftTheFenceOfAStrictLaneWhenTheTaskThatHoldsItIsForgotten() {
        try (var topology = new TopologyFixture(1, 30, NamedAvroSerializer.class.getName(), Set.of(Tier.SEMANTIC))) {
            topology.send("ada", "i1", "fails");
            at(topology, LATER, "i2", "waits behind it");
            topology.semantic
                    .only()
                    .fail(new ReflectionFailure.Transient(new TimeoutException("slow"), java.util.Optional.empty()));
            topology.tick();
            assertThat(topology.semantic.open()).isEmpty();

            topology.erasures.add(ADA, ErasureScope.USER, null, START);
            topology.advance(SOON);
            topology.tick();

            assertThat(topology.semantic.only().texts()).containsExactly("waits behind it");
        }
    }

    @Test
    void shouldGiveNoTaskAContextThatIsToBeForgotten() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "a secret");
            topology.succeedAll();
            at(topology, LATER, "i2", "before it is known");
            topology.erasures.add(ADA, ErasureScope.INTERACTION, "i1", LATER);
            topology.succeedAll();
            topology.advance(SOON);
            at(topology, LATER.plusSeconds(1), "i3", "once it is known");
            var contexts = topology.tasks(Tier.SEMANTIC);

            assertThat(contexts.get(1).getContextSince()).isEqualTo(START);
            assertThat(contexts.get(2).getContext())
                    .extracting(message -> message.getContent())
                    .containsExactly("before it is known");
        }
    }

    @Test
    void shouldTakeTheContextFromATaskThatWaits() {
        try (var topology = new TopologyFixture(1, 30)) {
            topology.send("ada", "i1", "a secret");
            at(topology, LATER, "i2", "waits behind it");
            topology.erasures.add(ADA, ErasureScope.INTERACTION, "i1", LATER);
            topology.semantic.only().succeed();
            topology.tick();

            var task = topology.semantic.only().tasks().get(0);
            assertThat(task.getInteractionId()).isEqualTo("i2");
            assertThat(task.getContext()).isEmpty();
        }
    }

    @Test
    void shouldTakeAnIdAnewThatWasForgotten() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "wrong");
            topology.succeedAll();
            topology.erasures.add(ADA, ErasureScope.SOURCE, "kafka", START.plusSeconds(30));
            topology.advance(Duration.ofSeconds(60));
            at(topology, LATER, "i1", "right");
            at(topology, LATER, "i1", "a repeat");
            topology.succeedAll();

            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("wrong", "right");
        }
    }

    @Test
    void shouldNotBringBackAForgottenMemoryWithARepeatOfItsTask() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "once");
            topology.succeedAll();
            var memory = topology.facts(Tier.SEMANTIC).get(0);
            topology.erasures.add(ADA, ErasureScope.MEMORY, memory.getMemoryId(), LATER);
            topology.advance(SOON);
            assertThat(store(topology, Names.KNOWN_FACTS_STORE)).isEmpty();

            TestInputTopic<String, io.memoryreflector.events.ReflectionTask> lane = topology.driver.createInputTopic(
                    Topics.TASKS_SEMANTIC.name(),
                    new org.apache.kafka.common.serialization.StringSerializer(),
                    topology.serdes.serializer());
            lane.pipeInput(ADA.toString(), topology.tasks(Tier.SEMANTIC).get(0));
            topology.succeedAll();

            assertThat(topology.facts(Tier.SEMANTIC)).isEmpty();
        }
    }

    @Test
    void shouldLeaveWhatTheErasureDoesNotName() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "stays");
            topology.erasures.add(ADA, ErasureScope.USER, null, BEFORE);
            topology.erasures.add(ADA, ErasureScope.SESSION, "s2", LATER);
            topology.erasures.add(ADA, ErasureScope.SOURCE, Source.IMPORT.name(), LATER);
            topology.erasures.add(new UserKey("other", "ada"), ErasureScope.USER, null, LATER);
            topology.advance(SOON);
            topology.succeedAll();
            topology.advance(SOON);

            assertThat(topology.facts(Tier.SEMANTIC)).hasSize(1);
            assertThat(about(topology)).isNotEmpty();
        }
    }

    private static void at(TopologyFixture topology, Instant time, String id, String text) {
        topology.interactions.pipeInput(
                ADA.toString(), TopologyFixture.interaction("ada", id, text).build(), time);
    }

    private static double dropped(TopologyFixture topology, String stage) {
        return topology.metrics
                .get("reflector.forgotten")
                .tag("stage", stage)
                .counter()
                .count();
    }

    private static Map<String, ReflectionStatus> nothingOf(String... ids) {
        var nothing = new java.util.HashMap<String, ReflectionStatus>();
        for (var id : ids) {
            nothing.put(id, null);
        }
        return nothing;
    }

    private static List<Bytes> store(TopologyFixture topology, String name) {
        var keys = new java.util.ArrayList<Bytes>();
        KeyValueStore<Bytes, ?> store = topology.driver.getKeyValueStore(name);
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    /** What any store holds of Ada. */
    private static List<String> about(TopologyFixture topology) {
        var found = new java.util.ArrayList<String>();
        for (var name : topology.driver.getAllStateStores().keySet()) {
            KeyValueStore<Bytes, Object> store = topology.driver.getKeyValueStore(name);
            try (var entries = store.all()) {
                entries.forEachRemaining(entry -> {
                    var ofAda = new String(entry.key.get(), java.nio.charset.StandardCharsets.UTF_8)
                            .contains("default/ada");
                    if (ofAda
                            || entry.value instanceof PendingTask task
                                    && ADA.toString().equals(task.getRecordKey())) {
                        found.add(name + " " + entry.key);
                    }
                });
            }
        }
        return found;
    }
}
