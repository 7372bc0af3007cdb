package io.memoryreflector.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.UrgentAmidBacklog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A reflector that asks a model, over the wire and on a real Kafka: what it asks, and what becomes of its answers. */
class ModelReflectionIT {

    private static final List<String> TIERS = List.of("episodic", "procedural", "semantic");
    private static final Duration LONG = Duration.ofMinutes(2);

    private static ModelStack model;

    @BeforeAll
    static void start() throws Exception {
        model = ModelStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REFLECTOR));
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    @Test
    void shouldAskOncePerTierForTenWaitingInteractionsOfOneUser() throws Exception {
        model.answerAfter(Duration.ofSeconds(5));
        model.send(List.of(note("batch", 0)));
        await().atMost(LONG).until(() -> model.stub().log().chats() == TIERS.size());
        var waiting = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> note("batch", number))
                .toList();
        model.send(waiting);
        model.awaitFinal(ids(waiting));

        var calls = calls("batch");
        assertThat(calls.stream().filter(call -> call.texts().size() == 10).map(Call::tier))
                .containsExactlyInAnyOrderElementsOf(TIERS);
        assertThat(calls).hasSize(2 * TIERS.size());
        var memories = memories("batch");
        assertThat(memories).hasSize(11);
        memories.forEach((interaction, found) -> assertThat(found.byTier())
                .as(interaction)
                .isEqualTo(Map.of("episodic", 1, "semantic", 1, "procedural", 1)));
    }

    @Test
    void shouldLoseAndDoubleNothingWhenEveryFifthAnswerIsAFault() throws Exception {
        model.answerAfter(Duration.ofMillis(20));
        var before = model.metrics();
        model.stub()
                .behave(Behaviour.well(Duration.ofMillis(20))
                        .retryingAfter(Duration.ofMillis(300))
                        .failing(
                                0.2,
                                11,
                                Outcome.RATE_LIMITED,
                                Outcome.SERVER_ERROR,
                                Outcome.DROPPED,
                                Outcome.HALF,
                                Outcome.ENDLESS,
                                Outcome.INVALID_JSON,
                                Outcome.WRONG_SCHEMA,
                                Outcome.REFUSED));
        // One interaction a user, so that each call holds one and the record tells its fate.
        var interactions = IntStream.range(0, 400)
                .mapToObj(number -> ModelStack.said("fault-" + number, "fault:" + number, number, noteText(number)))
                .toList();
        model.send(interactions);
        var ends = model.awaitFinal(ids(interactions));

        var expected = Expected.of(calls("fault"), ModelStack.MAX_RETRIES);
        System.out.println(expected + " of " + model.stub().log().chats() + " calls");
        var after = model.metrics();
        assertThat(after.sum("reflector_retries_total") - before.sum("reflector_retries_total"))
                .isEqualTo(expected.retries());
        var letters = letters("fault");
        assertThat(letters.stream().filter(letter -> letter.getReason().equals("exhausted")))
                .hasSize(expected.exhausted());
        assertThat(letters.stream().filter(letter -> letter.getReason().equals("permanent")))
                .hasSize(expected.permanent());
        assertThat(expected.completed() + letters.size()).isEqualTo(interactions.size() * TIERS.size());
        assertThat(expected.retries()).isPositive();
        assertThat(expected.permanent()).isPositive();

        var parked = letters.stream().collect(Collectors.groupingBy(DeadLetter::getInteractionId));
        var memories = memories("fault");
        for (var interaction : interactions) {
            var id = interaction.getInteractionId();
            var of = parked.getOrDefault(id, List.of()).stream()
                    .map(letter -> letter.getTier().name().toLowerCase(Locale.ROOT))
                    .toList();
            var wanted = TIERS.stream()
                    .filter(tier -> !of.contains(tier))
                    .collect(Collectors.toMap(tier -> tier, tier -> 1));
            assertThat(memories.getOrDefault(id, new Found()).byTier()).as(id).isEqualTo(wanted);
            assertThat(ends.get(id))
                    .as(id)
                    .isEqualTo(
                            of.isEmpty()
                                    ? ReflectionState.COMPLETED
                                    : of.size() == 1 ? ReflectionState.PARTIAL : ReflectionState.FAILED);
        }
    }

    @Test
    void shouldReflectAnUrgentInteractionBeforeThousandsOfLowOnes() throws Exception {
        var call = Duration.ofSeconds(5);
        model.answerAfter(call);
        var before = accepted();
        var retriesBefore = model.metrics().sum("reflector_retries_total");
        var low = IntStream.range(0, 1_500)
                .mapToObj(number -> Feed.interaction(
                        "low-" + number % 500, "low:" + number, noteText(number), ModelStack.AT, Priority.LOW))
                .toList();
        model.send(low);
        await().atMost(LONG).until(() -> accepted() - before >= low.size() * TIERS.size());

        var times = new UrgentAmidBacklog(
                        model.stack().kafkaBootstrapServers(),
                        EventSerdes.of(model.stack().schemaRegistryUrl()))
                .measure(model.feed(), "amid", 2);

        var waiting = model.metrics().sum("reflector_pending");
        model.stub().behave(Behaviour.well(Duration.ZERO));
        System.out.println("urgent amid " + waiting + " tasks of low priority: " + times);
        assertThat(waiting).isGreaterThan(500);
        // As long as one call that is under way and its own at the very most, and some time for a slow machine.
        assertThat(Collections.max(times))
                .as("%.0f retries", model.metrics().sum("reflector_retries_total") - retriesBefore)
                .isLessThan(call.multipliedBy(2));
        model.awaitFinal(ids(low));
    }

    @Test
    void shouldAskNothingForTheSameTextAgain() throws Exception {
        model.answerAfter(Duration.ZERO);
        var first = inSession("replay", "replay:1", "one");
        model.send(List.of(first));
        model.awaitFinal(ids(List.of(first)));
        assertThat(calls("replay")).hasSize(TIERS.size());

        var again = inSession("replay", "replay:2", "two");
        model.send(List.of(again));
        model.awaitFinal(ids(List.of(again)));

        assertThat(calls("replay")).hasSize(TIERS.size());
        var memories = memories("replay");
        assertThat(memories.get("replay:2").messages()).containsExactly("replay:2-m");
        assertThat(memories.get("replay:2").byTier())
                .isEqualTo(memories.get("replay:1").byTier());
    }

    @Test
    void shouldTellASessionInTheModelsWordsOnceItIsOver() throws Exception {
        model.answerAfter(Duration.ofMillis(50));
        var said = List.of(note("session", 0), note("session", 1));
        model.send(said);
        model.awaitFinal(ids(said));

        model.endSession("session", "session-s");

        await().atMost(LONG).until(() -> summaries("session-s").size() == 2);
        var extract = summaries("session-s").get(0);
        var told = summaries("session-s").get(1);
        assertThat(extract.getReflector().getModel()).isNull();
        assertThat(told.getReflector().getModel()).isEqualTo("stub");
        assertThat(told.getRevision()).isEqualTo(2);
        assertThat(told.getMemoryId()).isEqualTo(extract.getMemoryId());
        assertThat(told.getSummary()).startsWith("In this session: ").contains("City0", "City1");
        assertThat(told.getMemoryIds()).hasSize(said.size() * TIERS.size());
        assertThat(told.getSources())
                .extracting(SourceRef::getInteractionId)
                .containsExactlyInAnyOrderElementsOf(ids(said));
        assertThat(calls("session").stream().filter(call -> call.tier().equals("session")))
                .hasSize(1);
    }

    private static List<SessionSummary> summaries(String session) {
        var summaries = new ArrayList<SessionSummary>();
        model.records().<SessionSummary>read(Topics.SESSIONS, record -> {
            if (record.value().getSessionId().equals(session)) {
                summaries.add(record.value());
            }
        });
        return summaries;
    }

    @Test
    void shouldLoseNothingThatIsInFlightWhenItIsToldToStop() throws Exception {
        var interactions = sendUntilManyCallsAreUnderWay("term");

        var begun = System.nanoTime();
        model.stack().process(Part.REFLECTOR).close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        model.stub().behave(Behaviour.well(Duration.ofMillis(50)));
        model.stack().process(Part.REFLECTOR).restart();

        assertAllReflectedOnce("term", interactions);
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItIsKilledTwiceAmidItsCalls() throws Exception {
        var interactions = sendUntilManyCallsAreUnderWay("kill");

        model.stack().process(Part.REFLECTOR).kill();
        model.stub().behave(Behaviour.well(Duration.ofSeconds(1)));
        model.stack().process(Part.REFLECTOR).restart();
        var asked = model.stub().log().chats();
        await().atMost(LONG).until(() -> model.stub().log().chats() > asked + 100);
        model.stack().process(Part.REFLECTOR).kill();
        model.stack().process(Part.REFLECTOR).restart();

        assertAllReflectedOnce("kill", interactions);
    }

    @Test
    void shouldHoldBackANamespaceThatHasSpentItsBudgetAlsoAfterAKill() throws Exception {
        var untilTheNextDay = Duration.between(
                Instant.now(), Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)));
        assumeThat(untilTheNextDay).as("midnight fills the budget again").isGreaterThan(Duration.ofMinutes(5));
        // All three tiers ask before the first of them has spent the budget.
        model.answerAfter(Duration.ofSeconds(3));
        var within = thrifty(0, 1);
        model.send(within);
        model.awaitFinal(ids(within));

        model.answerAfter(Duration.ofMillis(50));
        var beyond = thrifty(1, 11);
        model.send(beyond);
        assertOthersGoOn("budget-before");
        model.stack().process(Part.REFLECTOR).kill();
        model.stack().process(Part.REFLECTOR).restart();
        assertOthersGoOn("budget-after");

        assertThat(model.metrics().sum("reflector_pending")).isEqualTo(beyond.size() * TIERS.size());
        assertThat(model.stub().log().chats()).isEqualTo(2 * TIERS.size());
    }

    private static List<Interaction> thrifty(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Interaction.newBuilder(note("thrifty-" + number, number))
                        .setNamespace(ModelStack.THRIFTY)
                        .build())
                .toList();
    }

    private static void assertOthersGoOn(String user) {
        var other = List.of(note(user, 0));
        model.send(other);
        model.awaitFinal(ids(other));
    }

    private static List<Interaction> sendUntilManyCallsAreUnderWay(String test) {
        model.answerAfter(Duration.ofSeconds(3));
        var interactions = IntStream.range(0, 300)
                .mapToObj(number ->
                        ModelStack.said(test + "-" + number % 60, test + ":" + number, number, noteText(number)))
                .toList();
        model.send(interactions);
        await().atMost(LONG).until(() -> model.stub().log().chats() > 100);
        return interactions;
    }

    private static void assertAllReflectedOnce(String test, List<Interaction> interactions) {
        model.awaitFinal(ids(interactions));
        var memories = memories(test);
        assertThat(memories).hasSize(interactions.size());
        memories.forEach((interaction, found) -> assertThat(found.byTier())
                .as(interaction)
                .isEqualTo(Map.of("episodic", 1, "semantic", 1, "procedural", 1)));
    }

    /** What each interaction came to, over all tiers. */
    private static final class Found {
        private final Map<String, Integer> tiers = new HashMap<>();
        private final HashSet<String> messages = new HashSet<>();
        private final HashSet<String> ids = new HashSet<>();

        Map<String, Integer> byTier() {
            return tiers;
        }

        HashSet<String> messages() {
            return messages;
        }
    }

    private static Map<String, Found> memories(String prefix) {
        var found = new HashMap<String, Found>();
        read(found, prefix, "episodic", Topics.EPISODIC, Episode::getMemoryId, Episode::getSources);
        read(found, prefix, "semantic", Topics.SEMANTIC, Fact::getMemoryId, Fact::getSources);
        read(found, prefix, "procedural", Topics.PROCEDURAL, Procedure::getMemoryId, Procedure::getSources);
        return found;
    }

    private static <T extends SpecificRecord> void read(
            Map<String, Found> found,
            String prefix,
            String tier,
            Topic topic,
            Function<T, String> id,
            Function<T, List<SourceRef>> sources) {
        model.records().<T>read(topic, record -> {
            var source = sources.apply(record.value()).get(0);
            if (source.getInteractionId().startsWith(prefix + ":")) {
                var of = found.computeIfAbsent(source.getInteractionId(), unused -> new Found());
                assertThat(of.ids.add(id.apply(record.value())))
                        .as("memory of " + source.getInteractionId() + " in " + tier + " stands once")
                        .isTrue();
                of.tiers.merge(tier, 1, Integer::sum);
                of.messages.add(source.getMessageId());
            }
        });
    }

    private static List<DeadLetter> letters(String prefix) {
        var letters = new ArrayList<DeadLetter>();
        model.records().<DeadLetter>read(Topics.DEAD_LETTERS, record -> {
            if (record.value().getInteractionId().startsWith(prefix + ":")) {
                letters.add(record.value());
            }
        });
        return letters;
    }

    /** Tasks that the lanes have taken up, settled or not. */
    private static double accepted() throws InterruptedException {
        var sample = model.metrics();
        return sample.sum("reflector_pending") + sample.sum("reflector_reflections_total");
    }

    /** The chat calls since the last clearing, by tests that ran alone. */
    private static List<Call> calls(String test) {
        var calls = model.stub().log().calls().stream()
                .filter(call -> call.endpoint() == Call.Endpoint.CHAT)
                .toList();
        assertThat(calls).as(test + " was asked for").isNotEmpty();
        return calls;
    }

    private static Interaction note(String user, int number) {
        return ModelStack.said(user, user + ":" + number, number, noteText(number));
    }

    /** Has one memory for each tier. */
    private static String noteText(int number) {
        return "I moved to City" + number + ". Always sign note " + number + ".";
    }

    private static Interaction inSession(String user, String id, String session) {
        var interaction = ModelStack.said(user, id, 0, noteText(77_777));
        interaction.setSessionId(session);
        interaction.getMessages().get(0).setMessageId(id + "-m");
        return interaction;
    }

    private static List<String> ids(List<Interaction> interactions) {
        return interactions.stream().map(Interaction::getInteractionId).toList();
    }
}
