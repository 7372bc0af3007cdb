package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of tasks that fail: providers that are down, strict order, operators, replays, records that are none. */
class FailureRoadsTest {

    private static final ReflectionFailure TIMEOUT =
            new ReflectionFailure.Transient(new IOException("connection reset"), Optional.empty());
    private static final ReflectionFailure REFUSED =
            new ReflectionFailure.Permanent(new IllegalStateException("refused"));
    private static final Set<Tier> SEMANTIC_IS_STRICT = Set.of(Tier.SEMANTIC);

    @Test
    void shouldParkNothingBecauseOfAnEndpointThatRefusesEverythingForFiveMinutes() {
        try (var topology = new TopologyFixture(1, 30)) {
            for (int second = 0; second < 300; second++) {
                topology.send("user" + second % 40, "i" + second, "m" + second);
                for (int tick = 0; tick < 10; tick++) {
                    topology.semantic.open().forEach(call -> call.fail(TIMEOUT));
                    topology.episodic.open().forEach(ScriptedReflector.Call::succeed);
                    topology.procedural.open().forEach(ScriptedReflector.Call::succeed);
                    topology.advance(Duration.ofMillis(100));
                }
            }
            assertThat(topology.deadLetters()).isEmpty();
            assertThat(topology.metrics
                            .get("reflector.circuit.state")
                            .tag("tier", "semantic")
                            .gauge()
                            .value())
                    .isPositive();

            for (int second = 0; second < 600; second++) {
                topology.succeedAll();
                topology.advance(Duration.ofSeconds(1));
            }

            assertThat(topology.deadLetters()).isEmpty();
            assertThat(topology.facts(Tier.SEMANTIC)).hasSize(300).doesNotHaveDuplicates();
            assertThat(topology.metrics
                            .get("reflector.circuit.state")
                            .tag("tier", "semantic")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void shouldTryOtherUsersTasksWhileTheProviderIsOnTrial() {
        try (var topology = new TopologyFixture(1, 30)) {
            var down = new ReflectionFailure.ProviderDown(new ConnectException("refused"), Duration.ofSeconds(5));
            topology.send("first", "i0", "a task that the provider never survives");
            topology.semantic.only().fail(down);
            topology.tick();
            topology.send("second", "i1", "harmless");
            topology.send("third", "i2", "harmless too");
            topology.advance(Duration.ofSeconds(5).plusMillis(10));

            assertThat(topology.semantic.open())
                    .extracting(ScriptedReflector.Call::user)
                    .contains("second", "third");
        }
    }

    @Test
    void shouldHoldAUserBackInAStrictLaneUntilTheFailedTaskSucceeds() {
        try (var topology = strict()) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i2", "second");
            topology.send("bob", "b1", "not concerned");
            callOf(topology, "ada").fail(TIMEOUT);
            topology.tick();
            callOf(topology, "bob").succeed();
            topology.tick();
            assertThat(topology.semantic.open()).isEmpty();

            topology.advance(TopologyFixture.RETRY_DELAY.minusSeconds(1));
            assertThat(topology.semantic.open()).isEmpty();
            topology.advance(Duration.ofSeconds(1));
            var second = topology.semantic.only();
            assertThat(second.texts()).contains("first");
            assertThat(second.tasks().get(0).getAttempt()).isEqualTo(1);

            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("not concerned", "first", "second");
        }
    }

    @Test
    void shouldLiftTheFenceOfAStrictLaneWhenTheFailedTaskIsParked() {
        try (var topology = strict()) {
            topology.send("ada", "i1", "bad");
            topology.send("ada", "i2", "good");
            for (int attempt = 0; attempt <= 3; attempt++) {
                // What waits for one user goes in one call, which is then taken apart to find the one to blame.
                while (topology.semantic.only().tasks().size() > 1) {
                    topology.semantic.only().fail(TIMEOUT);
                    topology.tick();
                }
                assertThat(topology.semantic.only().texts()).containsExactly("bad");
                topology.semantic.only().fail(TIMEOUT);
                topology.tick();
                topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
            }

            var parked = topology.deadLetters();
            assertThat(parked).hasSize(1);
            assertThat(parked.get(0).getReason()).isEqualTo("exhausted");
            assertThat(parked.get(0).getAttempts()).isEqualTo(4);
            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("good");
        }
    }

    @Test
    void shouldSendADelayedTaskOnWhenAnOperatorAsks() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "hello");
            topology.semantic.only().fail(TIMEOUT);
            topology.tick();

            askToRetryNow(topology, "default/ada", Tier.SEMANTIC, nextAttemptAt(topology), "i1");

            topology.tick();
            topology.semantic.only().succeed();
            topology.tick();
            topology.advance(Duration.ofHours(1));
            assertThat(topology.facts(Tier.SEMANTIC)).hasSize(1);
            assertThat(topology.semantic.open()).isEmpty();
        }
    }

    @Test
    void shouldSendATaskOnThatAStrictLaneHoldsWhenAnOperatorAsks() {
        try (var topology = strict()) {
            topology.send("ada", "i1", "hello");
            topology.semantic.only().fail(TIMEOUT);
            topology.tick();

            askToRetryNow(topology, "default/ada", Tier.SEMANTIC, nextAttemptAt(topology), "i1");

            topology.tick();
            assertThat(topology.semantic.only().tasks().get(0).getAttempt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SEMANTIC", "SEMANTIC/x/i1", "UNKNOWN/1/i1", "KING/1/i1", "SEMANTIC/-1/i1"})
    void shouldPassOverAnOperatorsRecordThatMakesNoSense(String asked) {
        try (var topology = new TopologyFixture()) {
            pipe(topology, Topics.RETRY.name(), "default/ada", null, Map.of(HeaderNames.RETRY_NOW, asked));
            topology.send("ada", "i1", "goes on");

            assertThat(topology.semantic.open()).hasSize(1);
        }
    }

    static Stream<Set<Tier>> strictLanes() {
        return Stream.of(Set.of(), SEMANTIC_IS_STRICT);
    }

    @ParameterizedTest
    @MethodSource("strictLanes")
    void shouldCountAReplayedTasksAttemptsAnewAndParkItAsTheSameDeadLetter(Set<Tier> strict) {
        try (var topology = new TopologyFixture(10, 100, NamedAvroSerializer.class.getName(), strict)) {
            topology.send("ada", "i1", "hello");
            failUntilParked(topology);
            var first = topology.deadLetters().get(0);
            // Else so many failures and nothing else would be the provider's.
            IntStream.range(0, 8).forEach(i -> topology.send("other" + i, "o" + i, "goes well"));
            topology.succeedAll();

            pipe(
                    topology,
                    first.getSourceTopic(),
                    "default/ada",
                    Origins.bytes(first.getOriginalValue()),
                    Map.of(
                            HeaderNames.DEAD_LETTER_ID, first.getDeadLetterId(),
                            HeaderNames.ATTEMPTS_BEFORE, Integer.toString(first.getAttempts() - 1),
                            HeaderNames.REPLAY_JOB, "job-1"));
            failUntilParked(topology);

            var again = topology.deadLetters();
            assertThat(again).hasSize(1);
            assertThat(again.get(0).getDeadLetterId()).isEqualTo(first.getDeadLetterId());
            // Counted on from what the bytes know: a retried record's three, a strict lane's none.
            assertThat(again.get(0).getAttempts()).isEqualTo(strict.isEmpty() ? 3 + 4 : 4);
        }
    }

    @Test
    void shouldPutNoMarkOfAReplayOnWhatIsMadeOfIt() {
        try (var topology = new TopologyFixture()) {
            topology.interactions.pipeInput(new TestRecord<>(
                    "default/ada",
                    TopologyFixture.interaction("ada", "i1", "hello").build(),
                    new RecordHeaders()
                            .add(HeaderNames.DEAD_LETTER_ID, bytes("somebody-else's"))
                            .add(HeaderNames.ATTEMPTS_BEFORE, bytes("1000000"))
                            .add(HeaderNames.REPLAY_JOB, bytes("job-1"))));
            failUntilParked(topology);

            var parked = topology.<DeadLetter>output(Topics.DEAD_LETTERS).readRecord();
            assertThat(parked.value().getDeadLetterId()).isNotEqualTo("somebody-else's");
            assertThat(parked.headers().lastHeader(HeaderNames.ATTEMPTS_BEFORE)).isNull();
            assertThat(parked.headers().lastHeader(HeaderNames.REPLAY_JOB)).isNotNull();
        }
    }

    static Stream<Interaction.Builder> interactionsBeyondTheLimits() {
        return Stream.of(
                interaction().setSessionId("x".repeat(257)),
                interaction().setInteractionId("x".repeat(257)),
                interaction().setOccurredAt(Instant.parse("+58000-01-01T00:00:00Z")),
                interaction().setOccurredAt(Instant.parse("1800-01-01T00:00:00Z")),
                interaction().setMessages(List.of()),
                interaction().setMessages(Collections.nCopies(201, message("short"))),
                interaction().setMessages(List.of(message("é".repeat(128 * 1024 + 1)))),
                interaction()
                        .setMetadata(IntStream.range(0, 65)
                                .boxed()
                                .collect(Collectors.toMap(i -> "key" + i, i -> "value"))));
    }

    @ParameterizedTest
    @MethodSource("interactionsBeyondTheLimits")
    void shouldParkAnInteractionBeyondTheLimits(Interaction.Builder beyond) {
        try (var topology = new TopologyFixture()) {
            topology.send(beyond.build());
            topology.send("ada", "good", "goes on");

            assertThat(topology.deadLetters()).hasSize(1).allSatisfy(letter -> {
                assertThat(letter.getReason()).isEqualTo("permanent");
                assertThat(letter.getLastFailure().getMessage()).contains("got").contains("takes");
            });
            assertThat(topology.semantic.open()).hasSize(1);
        }
    }

    @Test
    void shouldParkRecordsWithoutAKeyOnEveryTopicAndGoOn() {
        try (var topology = new TopologyFixture()) {
            var task = topology.serdes
                    .<ReflectionTask>serializer()
                    .serialize("", task("ada", Tier.SEMANTIC).build());
            var interaction = topology.serdes
                    .<Interaction>serializer()
                    .serialize("", interaction().build());
            pipe(topology, Topics.INTERACTIONS.name(), null, interaction, Map.of());
            pipe(topology, Topics.TASKS_SEMANTIC.name(), null, task, Map.of());
            pipe(topology, Topics.RETRY.name(), null, task, Map.of());

            assertThat(topology.deadLetters()).hasSize(3).allSatisfy(letter -> {
                assertThat(letter.getOriginalKey()).isNull();
                assertThat(letter.getLastFailure().getMessage()).startsWith("key: got none");
            });
            topology.send("ada", "good", "goes on");
            assertThat(topology.semantic.open()).hasSize(1);
        }
    }

    @Test
    void shouldParkTasksOfATierThatTheTopicIsNotFor() {
        try (var topology = new TopologyFixture()) {
            for (var tier : List.of(Tier.EPISODIC, Tier.UNKNOWN)) {
                var task = topology.serdes
                        .<ReflectionTask>serializer()
                        .serialize("", task("ada", tier).build());
                pipe(topology, Topics.TASKS_SEMANTIC.name(), "default/ada", task, Map.of());
            }
            var unknown = topology.serdes
                    .<ReflectionTask>serializer()
                    .serialize("", task("ada", Tier.UNKNOWN).build());
            pipe(topology, Topics.RETRY.name(), "default/ada", unknown, Map.of());

            assertThat(topology.deadLetters()).hasSize(3).allSatisfy(letter -> assertThat(
                            letter.getLastFailure().getMessage())
                    .startsWith("tier: got"));
        }
    }

    @Test
    void shouldTakeAnEventOfAnotherTypeAndAKeyThatIsNoTextForPoison() {
        try (var topology = new TopologyFixture()) {
            var task = topology.serdes
                    .<ReflectionTask>serializer()
                    .serialize("", task("ada", Tier.SEMANTIC).build());
            var interaction = topology.serdes
                    .<Interaction>serializer()
                    .serialize("", interaction().build());
            var noText = new byte[] {(byte) 0xff, (byte) 0xfe};
            var input = topology.driver.createInputTopic(
                    Topics.INTERACTIONS.name(), new ByteArraySerializer(), new ByteArraySerializer());
            input.pipeInput(bytes("default/ada"), task);
            input.pipeInput(noText, interaction);

            var parked = topology.driver
                    .createOutputTopic(
                            Topics.DEAD_LETTERS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
            assertThat(parked).hasSize(2);
            assertThat(parked.get(0).value()).isEqualTo(task);
            assertThat(parked.get(1).key()).isEqualTo(noText);
            topology.send("ada", "good", "goes on");
            assertThat(topology.semantic.open()).hasSize(1);
        }
    }

    /** Calls end at random times and in random ways; whatever happens, a strict lane keeps every user's order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepEveryUsersOrderThroughRetriesAndDeadLettersInAStrictLane(long seed) {
        var random = new Random(seed);
        try (var topology = strict()) {
            for (int i = 0; i < 200; i++) {
                topology.send("user" + random.nextInt(5), "%04d".formatted(i), "m");
                step(topology, random);
            }
            for (int i = 0; i < 5_000 && !isSettled(topology, 200); i++) {
                step(topology, random);
                topology.advance(Duration.ofSeconds(1));
            }

            var settled = topology.<ReflectionStatus>output(Topics.REFLECTIONS).readValuesToList().stream()
                    .filter(status -> isSettled(tier(status)))
                    .collect(Collectors.groupingBy(
                            ReflectionStatus::getUserId,
                            Collectors.mapping(
                                    ReflectionStatus::getInteractionId,
                                    Collectors.collectingAndThen(
                                            Collectors.toList(),
                                            ids -> ids.stream().distinct().toList()))));
            assertThat(settled.values().stream().mapToInt(List::size).sum()).isEqualTo(200);
            assertThat(settled.values()).allSatisfy(ids -> assertThat(ids).isSorted());
            assertThat(topology.deadLetters()).isNotEmpty();
        }
    }

    private static boolean isSettled(TopologyFixture topology, int total) {
        return topology.metrics.find("reflector.reflections").tag("tier", "semantic").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum()
                == total;
    }

    private static void step(TopologyFixture topology, Random random) {
        topology.episodic.open().forEach(ScriptedReflector.Call::succeed);
        topology.procedural.open().forEach(ScriptedReflector.Call::succeed);
        var open = new ArrayList<>(topology.semantic.open());
        Collections.shuffle(open, random);
        for (var call : open.subList(0, random.nextInt(open.size() + 1))) {
            var dice = random.nextInt(100);
            if (dice < 30) {
                call.fail(TIMEOUT);
            } else if (dice < 33) {
                call.fail(REFUSED);
            } else {
                call.succeed();
            }
        }
        topology.tick();
    }

    private static boolean isSettled(TierStatus tier) {
        return tier.getState() == ReflectionState.COMPLETED || tier.getState() == ReflectionState.FAILED;
    }

    private static TierStatus tier(ReflectionStatus status) {
        return status.getTiers().stream()
                .filter(tier -> tier.getTier() == Tier.SEMANTIC)
                .findFirst()
                .orElseThrow();
    }

    private static TopologyFixture strict() {
        return new TopologyFixture(10, 100, NamedAvroSerializer.class.getName(), SEMANTIC_IS_STRICT);
    }

    private static ScriptedReflector.Call callOf(TopologyFixture topology, String user) {
        return topology.semantic.open().stream()
                .filter(call -> call.user().equals(user))
                .findFirst()
                .orElseThrow();
    }

    private static void failUntilParked(TopologyFixture topology) {
        for (int attempt = 0; attempt <= 3; attempt++) {
            topology.semantic.only().fail(TIMEOUT);
            topology.tick();
            topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
        }
        assertThat(topology.semantic.open()).isEmpty();
    }

    private static Instant nextAttemptAt(TopologyFixture topology) {
        var statuses = topology.statuses();
        return tier(statuses.get(statuses.size() - 1)).getNextAttemptAt();
    }

    private static void askToRetryNow(
            TopologyFixture topology, String key, Tier tier, Instant due, String interactionId) {
        pipe(
                topology,
                Topics.RETRY.name(),
                key,
                null,
                Map.of(HeaderNames.RETRY_NOW, tier + "/" + due.toEpochMilli() + "/" + interactionId));
    }

    private static void pipe(
            TopologyFixture topology, String topic, String key, byte[] value, Map<String, String> headers) {
        var record = new RecordHeaders();
        headers.forEach((name, text) -> record.add(name, bytes(text)));
        topology.driver
                .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, record));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Interaction.Builder interaction() {
        return TopologyFixture.interaction("ada", "i1", "hello");
    }

    private static io.memoryreflector.events.Message message(String content) {
        var message = interaction().build().getMessages().get(0);
        message.setContent(content);
        return message;
    }

    private static ReflectionTask.Builder task(String user, Tier tier) {
        return ReflectionTask.newBuilder()
                .setInteractionId("i1")
                .setNamespace("default")
                .setUserId(user)
                .setTier(tier)
                .setOccurredAt(TopologyFixture.START)
                .setRecordedAt(TopologyFixture.START)
                .setMessages(List.of(message("hello")));
    }
}
