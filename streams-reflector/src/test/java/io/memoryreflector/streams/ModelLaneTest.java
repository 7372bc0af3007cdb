package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.state.KnownFact;
import io.memoryreflector.streams.admission.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a lane does for a reflector whose calls cost something. */
class ModelLaneTest {

    @Test
    void shouldTellTheSemanticLaneWhatIsKnown() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "I moved to Lisbon.");
            topology.send("bob", "i2", "I moved to Rome.");
            topology.succeedAll();
            topology.send("ada", "i3", "I moved to Porto.");

            assertThat(topology.semantic.only().request().known())
                    .extracting(KnownFact::getStatement)
                    .containsExactly("I moved to Lisbon.");
            assertThat(topology.episodic.only().request().known()).isEmpty();
        }
    }

    @Test
    void shouldShareOutWhatABatchHasCost() {
        try (var topology = new TopologyFixture()) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i2", "second");
            topology.send("ada", "i3", "third");
            topology.semantic.only().succeed();
            topology.tick();
            topology.semantic.only().succeed(new Usage(101, 11, 1));
            topology.tick();

            var shares = topology.statuses().stream()
                    .map(ModelLaneTest::semantic)
                    .filter(tier -> tier.getState() == ReflectionState.COMPLETED && tier.getInputTokens() > 0)
                    .toList();
            assertThat(shares).extracting(TierStatus::getInputTokens).containsExactly(50L, 51L);
            assertThat(shares).extracting(TierStatus::getOutputTokens).containsExactly(5L, 6L);
            assertThat(shares).extracting(TierStatus::getModelCalls).containsExactly(0.5, 0.5);
        }
    }

    @Test
    void shouldAnswerWithoutACallWhatIsAtHand() {
        try (var topology = new TopologyFixture()) {
            topology.semantic.remember("I moved to Lisbon.");
            topology.send("ada", "i1", "I moved to Lisbon.");

            assertThat(topology.semantic.open()).isEmpty();
            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("I moved to Lisbon.");
        }
    }

    @Test
    void shouldNotOvertakeAUsersWaitingTasksWithWhatIsAtHand() {
        try (var topology = new TopologyFixture()) {
            topology.semantic.remember("second");
            topology.send("ada", "i1", "first");
            topology.send("ada", "i2", "second");

            assertThat(topology.facts(Tier.SEMANTIC)).isEmpty();
            topology.succeedAll();
            assertThat(topology.facts(Tier.SEMANTIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("first", "second");
        }
    }

    @Test
    void shouldTakeWhatAnotherTiersCallHasBroughtAndLeaveTheRestWaiting() {
        try (var topology =
                new TopologyFixture(10, 100, NamedAvroSerializer.class.getName(), Set.of(), Duration.ofSeconds(30))) {
            topology.send("ada", "i1", "first");
            topology.send("ada", "i2", "second");
            topology.tick();
            assertThat(topology.episodic.open()).isEmpty();

            topology.episodic.remember("first");
            topology.episodic.tell("default/ada");
            topology.tick();
            assertThat(topology.facts(Tier.EPISODIC))
                    .extracting(Fact::getStatement)
                    .containsExactly("first");
            assertThat(topology.episodic.open()).isEmpty();

            topology.advance(Duration.ofSeconds(30));
            assertThat(topology.episodic.only().texts()).containsExactly("second");
            assertThat(topology.semantic.only().texts()).containsExactly("first", "second");
        }
    }

    @Test
    void shouldLetTasksWaitWhileTheRateLimitSaysLater() {
        try (var topology = new TopologyFixture()) {
            topology.verdict = new Admission.Later();
            topology.send("ada", "i1", "first");
            topology.tick();
            assertThat(topology.semantic.open()).isEmpty();

            topology.verdict = new Admission.Granted();
            topology.tick();
            assertThat(topology.semantic.only().texts()).containsExactly("first");
        }
    }

    @Test
    void shouldHoldTheUsersOfANamespaceUntilItMayCallAgain() {
        try (var topology = new TopologyFixture()) {
            topology.verdict = new Admission.NotBefore(
                    TopologyFixture.START.plus(Duration.ofHours(1)).toEpochMilli());
            topology.send("ada", "i1", "first");
            topology.verdict = new Admission.Granted();
            topology.send("bob", "i2", "second");
            topology.advance(Duration.ofMinutes(59));
            assertThat(topology.semantic.only().texts()).containsExactly("second");

            topology.advance(Duration.ofMinutes(1));
            assertThat(topology.semantic.open()).hasSize(2);
        }
    }

    @Test
    void shouldReflectAnUrgentTaskFirstThoughAllPermitsAreTaken() {
        try (var topology = new TopologyFixture(1, 32)) {
            for (int i = 0; i < 1_000; i++) {
                topology.send("user" + i, "i" + i, "low", Priority.LOW);
            }
            assertThat(open(topology)).hasSize(29);

            topology.send("late", "urgent", "now!", Priority.URGENT);

            assertThat(open(topology).stream().filter("now!"::equals)).hasSize(3);
        }
    }

    private static List<String> open(TopologyFixture topology) {
        return List.of(topology.episodic, topology.semantic, topology.procedural).stream()
                .flatMap(reflector -> reflector.open().stream())
                .flatMap(call -> call.texts().stream())
                .toList();
    }

    private static TierStatus semantic(ReflectionStatus status) {
        return status.getTiers().stream()
                .filter(tier -> tier.getTier() == Tier.SEMANTIC)
                .findFirst()
                .orElseGet(() -> TierStatus.newBuilder()
                        .setTier(Tier.SEMANTIC)
                        .setUpdatedAt(TopologyFixture.START)
                        .build());
    }
}
