package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.state.PendingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ReflectorTopologyTest {

    private static final ReflectionFailure TIMEOUT =
            new ReflectionFailure.Transient(new IOException("connection reset"), Optional.empty());
    private static final ReflectionFailure REFUSED =
            new ReflectionFailure.Permanent(new IllegalStateException("refused"));

    @Test
    void shouldBranchAnInteractionIntoThreeLanesAndCompleteIt() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "I moved to Lisbon.");
            topology.succeedAll();

            for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
                assertThat(topology.facts(tier)).extracting(Fact::getStatement).containsExactly("I moved to Lisbon.");
            }
            var statuses = topology.statuses();
            assertThat(statuses)
                    .extracting(ReflectionStatus::getState)
                    .containsExactly(
                            ReflectionState.QUEUED,
                            ReflectionState.QUEUED,
                            ReflectionState.QUEUED,
                            ReflectionState.COMPLETED);
            assertThat(statuses).extracting(ReflectionStatus::getRevision).containsExactly(1, 2, 3, 4);
            assertThat(statuses.get(3).getTiers())
                    .allSatisfy(tier -> assertThat(tier.getMemoryIds()).hasSize(1));
            assertThat(pending(topology, Tier.SEMANTIC).approximateNumEntries()).isZero();
        }
    }

    @Test
    void shouldDropAnInteractionWhoseIdWasSeen() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i1", "again");

            assertThat(topology.tasks(Tier.SEMANTIC)).hasSize(1);
            assertThat(topology.statuses()).hasSize(1);
        }
    }

    @Test
    void shouldSkipWhatComesWhileNothingIsReflected() {
        try (var topology = TopologyFixture.thatOnlyCollects()) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i1", "again");

            assertThat(topology.tasks(Tier.SEMANTIC)).isEmpty();
            var status = topology.statuses();
            assertThat(status).hasSize(1);
            assertThat(status.get(0).getState()).isEqualTo(ReflectionState.SKIPPED);
            assertThat(status.get(0).getTiers()).hasSize(3).allSatisfy(tier -> assertThat(tier.getState())
                    .isEqualTo(ReflectionState.SKIPPED));
        }
    }

    @Test
    void shouldKeepTheSameIdOfTwoUsersApart() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "mine");
            topology.send("bob", "i1", "also mine");

            assertThat(topology.tasks(Tier.SEMANTIC)).hasSize(2);
        }
    }

    @Test
    void shouldAcceptAYearOldInteraction() {
        try (var topology = new TopologyFixture()) {
            var old = TopologyFixture.START.minus(Duration.ofDays(366));
            topology.send(TopologyFixture.interaction("ada", "new", "now").build());
            topology.interactions.pipeInput(
                    "default/ada",
                    TopologyFixture.interaction("ada", "old", "then")
                            .setOccurredAt(old)
                            .build(),
                    old);
            topology.succeedAll();

            assertThat(topology.facts(Tier.EPISODIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("now", "then");
        }
    }

    @Test
    void shouldRunOneCallOfAUserAtATimeAndBatchWhatWaits() {
        try (var topology = new TopologyFixture(3, 100)) {
            IntStream.range(0, 6).forEach(i -> topology.send("ada", "i" + i, "m" + i));
            topology.send("bob", "b0", "hello");

            assertThat(topology.semantic.open())
                    .extracting(ScriptedReflector.Call::user)
                    .containsExactly("ada", "bob");
            assertThat(topology.semantic.open().get(0).texts()).containsExactly("m0");

            topology.semantic.open().get(0).succeed();
            topology.tick();
            assertThat(topology.semantic.open().get(1).texts()).containsExactly("m1", "m2", "m3");

            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC).stream()
                            .filter(fact -> fact.getUserId().equals("ada"))
                            .map(Fact::getStatement))
                    .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
        }
    }

    @Test
    void shouldNotStarveOthersBehindAHotUser() {
        try (var topology = new TopologyFixture(10, 3)) {
            IntStream.range(0, 1_000).forEach(i -> topology.send("hot", "h" + i, "m" + i));
            topology.send("cold", "c", "me too");
            topology.episodic.open().forEach(ScriptedReflector.Call::succeed);
            topology.procedural.open().forEach(ScriptedReflector.Call::succeed);
            topology.tick();
            topology.tick();

            // The driver ticks the lanes one after the other, so those before this one may take each permit that is
            // given
            // back, as long as they have work.
            for (int round = 0; round < 110 && topology.semantic.open().size() < 2; round++) {
                topology.episodic.open().forEach(ScriptedReflector.Call::succeed);
                topology.procedural.open().forEach(ScriptedReflector.Call::succeed);
                topology.tick();
            }

            assertThat(topology.semantic.open())
                    .extracting(ScriptedReflector.Call::user)
                    .containsExactlyInAnyOrder("hot", "cold");
        }
    }

    @Test
    void shouldPreferUrgentUsersWhenPermitsAreGone() {
        try (var topology = new TopologyFixture(10, 3)) {
            topology.send("running", "r", "takes all three permits, one a lane");
            topology.send("low", "l", "later", Priority.LOW);
            topology.send("urgent", "u", "now", Priority.URGENT);

            topology.semantic.only().succeed();
            topology.tick();

            assertThat(Stream.of(topology.episodic, topology.semantic, topology.procedural)
                            .flatMap(reflector -> reflector.open().stream())
                            .map(ScriptedReflector.Call::user)
                            .filter(user -> !user.equals("running")))
                    .containsExactly("urgent");
        }
    }

    @Test
    void shouldRetryATransientFailureAtItsTimeAndNotBefore() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "hello");
            topology.semantic.only().fail(TIMEOUT);
            topology.tick();
            assertThat(topology.semantic.open()).isEmpty();

            topology.advance(TopologyFixture.RETRY_DELAY.minusSeconds(1));
            assertThat(topology.semantic.open()).isEmpty();
            topology.advance(Duration.ofSeconds(1));
            var second = topology.semantic.only();
            assertThat(second.tasks().get(0).getAttempt()).isEqualTo(1);

            topology.succeedAll();
            var last = topology.statuses();
            assertThat(last.get(last.size() - 1).getState()).isEqualTo(ReflectionState.COMPLETED);
            assertThat(last).extracting(ReflectionStatus::getState).contains(ReflectionState.RETRYING);
            assertThat(topology.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldParkATaskThatHasUsedUpItsAttemptsWithItsOriginalBytesAndHeaders() {
        try (var topology = new TopologyFixture()) {
            var headers = new RecordHeaders().add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
            topology.interactions.pipeInput(new TestRecord<>(
                    "default/ada",
                    TopologyFixture.interaction("ada", "i1", "hello").build(),
                    headers));
            var original = topology.driver
                    .createOutputTopic(
                            Topics.TASKS_SEMANTIC.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecord();
            for (int attempt = 0; attempt <= 3; attempt++) {
                topology.semantic.only().fail(TIMEOUT);
                topology.tick();
                topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
            }

            var deadLetters = topology.deadLetters();
            assertThat(deadLetters).hasSize(1);
            var parked = deadLetters.get(0);
            assertThat(parked.getReason()).isEqualTo("exhausted");
            assertThat(parked.getAttempts()).isEqualTo(4);
            assertThat(parked.getSourceTopic()).isEqualTo(Topics.TASKS_SEMANTIC.name());
            assertThat(parked.getFirstFailure().getMessage()).isEqualTo("connection reset");
            assertThat(parked.getOriginalKey().array()).isEqualTo(original.key());
            assertThat(parked.getOriginalHeaders()).hasSize(1);
            assertThat(parked.getOriginalHeaders().get(0).getKey()).isEqualTo("traceparent");
            var task = (ReflectionTask)
                    new NamedAvroDeserializer().deserialize("", Origins.bytes(parked.getOriginalValue()));
            assertThat(task.getMessages().get(0).getContent()).isEqualTo("hello");
            assertThat(task.getAttempt()).isEqualTo(3);
        }
    }

    @Test
    void shouldParkAPermanentFailureAtOnceAndLetTheOtherTiersGoOn() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "hello");
            topology.semantic.only().fail(REFUSED);
            topology.tick();
            topology.succeedAll();

            assertThat(topology.deadLetters()).extracting(DeadLetter::getReason).containsExactly("permanent");
            var statuses = topology.statuses();
            assertThat(statuses.get(statuses.size() - 1).getState()).isEqualTo(ReflectionState.PARTIAL);
        }
    }

    @Test
    void shouldFindTheOneTaskThatIsToBlameForABatchsPermanentFailure() {
        try (var topology = new TopologyFixture(10, 100)) {
            topology.send("ada", "i0", "runs alone");
            topology.send("ada", "i1", "good");
            topology.send("ada", "i2", "bad");
            topology.send("ada", "i3", "good too");
            topology.semantic.only().succeed();
            topology.tick();
            topology.semantic.only().fail(REFUSED);
            topology.tick();
            for (int i = 0; i < 3; i++) {
                var call = topology.semantic.only();
                assertThat(call.tasks()).hasSize(1);
                if (call.texts().contains("bad")) {
                    call.fail(REFUSED);
                } else {
                    call.succeed();
                }
                topology.tick();
            }

            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("runs alone", "good", "good too");
            assertThat(topology.deadLetters())
                    .extracting(DeadLetter::getInteractionId)
                    .containsExactly("i2");
        }
    }

    @Test
    void shouldWaitForAProviderThatIsDownWithoutUsingUpAttempts() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "hello");
            for (int i = 0; i < 10; i++) {
                topology.semantic
                        .only()
                        .fail(new ReflectionFailure.ProviderDown(new IOException("refused"), Duration.ofSeconds(5)));
                topology.tick();
                assertThat(topology.semantic.open()).isEmpty();
                topology.advance(Duration.ofSeconds(5).plusMillis(1));
            }

            assertThat(topology.semantic.only().tasks().get(0).getAttempt()).isZero();
            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC)).hasSize(1);
            assertThat(topology.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldKeepThePendingEntryWhenSomethingThrowsDownstreamOfACompletion() {
        try (var topology = new TopologyFixture(10, 100, ThrowingSerializer.class.getName(), Set.of())) {
            topology.send("ada", "i1", ThrowingSerializer.BAD);
            topology.semantic.only().succeed();

            assertThatThrownBy(topology::tick).hasStackTraceContaining("disk full");
            assertThat(pending(topology, Tier.SEMANTIC).all().next().value.getRecordKey())
                    .isEqualTo("default/ada");
        }
    }

    @Test
    void shouldGiveEachTaskTheFewTurnsBeforeItOfItsSession() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "I have a dog.");
            topology.send("ada", "i2", "He is called Rex.");
            topology.send(TopologyFixture.interaction("ada", "i3", "Other session.")
                    .setSessionId("s2")
                    .build());

            var tasks = topology.tasks(Tier.SEMANTIC);
            assertThat(tasks.get(1).getContext())
                    .extracting(Message::getContent)
                    .containsExactly("I have a dog.");
            assertThat(tasks.get(2).getContext()).isEmpty();
        }
    }

    @Test
    void shouldParkAnInteractionWhoseKeyIsNotItsUser() {
        try (var topology = new TopologyFixture()) {
            topology.interactions.pipeInput(
                    "bob", TopologyFixture.interaction("ada", "i1", "hello").build());

            var parked = topology.deadLetters().get(0);
            assertThat(parked.getLastFailure().getMessage()).contains("key: got 'bob'", "default/ada");
            assertThat(((Interaction) new NamedAvroDeserializer()
                                    .deserialize("", Origins.bytes(parked.getOriginalValue())))
                            .getInteractionId())
                    .isEqualTo("i1");
        }
    }

    @Test
    void shouldParkPoisonBytesWithKafkasOwnHeadersAndTheOriginalBytes() {
        try (var topology = new TopologyFixture()) {
            var poison = "not avro".getBytes(StandardCharsets.UTF_8);
            topology.driver
                    .createInputTopic(Topics.INTERACTIONS.name(), new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("default/ada", poison);
            topology.send("ada", "i1", "goes on");

            var parked = topology.driver
                    .createOutputTopic(
                            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecord();
            assertThat(parked.key()).isEqualTo("default/ada".getBytes(StandardCharsets.UTF_8));
            assertThat(parked.value()).isEqualTo(poison);
            assertThat(parked.headers().lastHeader("__streams.errors.topic").value())
                    .isEqualTo(Topics.INTERACTIONS.name().getBytes(StandardCharsets.UTF_8));
            assertThat(topology.tasks(Tier.SEMANTIC)).hasSize(1);
        }
    }

    @Test
    void shouldKeepTheNumberOfHeadersOverEveryAttempt() {
        try (var topology = new TopologyFixture()) {
            var headers = new RecordHeaders().add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
            topology.interactions.pipeInput(new TestRecord<>(
                    "default/ada",
                    TopologyFixture.interaction("ada", "i1", "hello").build(),
                    headers));
            for (int attempt = 0; attempt < 3; attempt++) {
                topology.semantic.only().fail(TIMEOUT);
                topology.tick();
                topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
            }
            topology.succeedAll();

            var memory = topology.<Fact>output(Topics.SEMANTIC).readRecord();
            assertThat(memory.headers()).hasSize(1);
        }
    }

    private static KeyValueStore<Bytes, PendingTask> pending(TopologyFixture topology, Tier tier) {
        return topology.driver.getKeyValueStore(Names.pendingStore(tier));
    }

    /** A sink that refuses one fact. */
    public static final class ThrowingSerializer implements Serializer<SpecificRecord> {

        static final String BAD = "bad";

        private final NamedAvroSerializer inner = new NamedAvroSerializer();

        @Override
        public byte[] serialize(String topic, SpecificRecord record) {
            if (record instanceof Fact fact && fact.getStatement().equals(BAD)) {
                throw new IllegalStateException("disk full");
            }
            return inner.serialize(topic, record);
        }
    }
}
