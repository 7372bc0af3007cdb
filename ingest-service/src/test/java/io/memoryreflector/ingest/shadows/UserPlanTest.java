package io.memoryreflector.ingest.shadows;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.ingest.shadows.UserPlan.Part;
import io.memoryreflector.ingest.shadows.UserPlan.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is planned for one user of whom two reflectors have made facts. */
class UserPlanTest {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final ReflectorVersion OLD = new ReflectorVersion("offline", "1", null);
    private static final ReflectorVersion NEW = new ReflectorVersion("openai", "1", "m");
    private static final String RUN = "run";

    private final OfUser user = new OfUser(
            "default/ada", new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new HashMap<>(), new HashSet<>());
    private final Forgotten forgotten = new Forgotten();

    @Test
    void shouldReplaceWhatDiffersAndLeaveWhatIsTheSame() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        live("i1", "b", "Ada has a dog.");
        shadow("i1", "a", "Ada has a dog.");
        shadow("i1", "b", "Ada lives in Lisbon, Portugal.");

        var part = only();

        assertThat(part.verdict()).isEqualTo(Verdict.SWITCHED);
        assertThat(part.same()).extracting(Remembered::id).containsExactly("b");
        assertThat(part.retired()).extracting(Remembered::id).containsExactly("a");
        // Both number what they find, so an id of one is another memory's of the other.
        assertThat(part.added())
                .extracting(UserPlan.Copy::id)
                .containsExactly(UserPlan.promotedId(RUN, "b"))
                .doesNotContain("a", "b");
    }

    @Test
    void shouldFindNothingToDoAfterItWasDone() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        shadow("i1", "a", "Ada lives in Lisbon, Portugal.");
        promote();

        var part = only();

        assertThat(part.added()).isEmpty();
        assertThat(part.retired()).isEmpty();
        assertThat(part.same()).hasSize(1);
    }

    @Test
    void shouldGoBackToTheFirstReflectorWithAShadowOfIt() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        shadow("i1", "a", "Ada lives in Lisbon, Portugal.");
        promote();
        user.shadow().clear();
        user.shadowStatus().put("i1", status("i1", ReflectionState.COMPLETED, OLD));
        var back = Fact.newBuilder(fact("i1", "a", "Ada lives in Lisbon.", List.of(), OLD))
                .build();
        user.shadow().add(Remembered.of(back).orElseThrow());

        var part = UserPlan.of(user, forgotten, "another run").parts().get(0);

        assertThat(part.verdict()).isEqualTo(Verdict.SWITCHED);
        assertThat(part.added()).extracting(UserPlan.Copy::id).containsExactly(UserPlan.promotedId("another run", "a"));
        assertThat(part.retired()).extracting(Remembered::id).containsExactly(UserPlan.promotedId(RUN, "a"));
    }

    @Test
    void shouldLeaveATierOfAnInteractionAloneOfWhichAPersonHasDeletedAMemory() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        live("i1", "b", "Ada has a dog.");
        shadow("i1", "c", "Ada resides in Lisbon.");
        forgotten.add(erasure(ErasureScope.MEMORY, "a"));

        assertThat(only().verdict()).isEqualTo(Verdict.KEPT);
        assertThat(only().added()).isEmpty();
    }

    @Test
    void shouldKeepAwayWhatAPersonHasDeletedAfterItWasPromoted() {
        reflected("i1");
        shadow("i1", "a", "Ada lives in Lisbon, Portugal.");
        promote();
        forgotten.add(erasure(ErasureScope.MEMORY, UserPlan.promotedId(RUN, "a")));

        assertThat(only().verdict()).isEqualTo(Verdict.KEPT);
        assertThat(UserPlan.of(user, forgotten, "another run").parts())
                .extracting(Part::verdict)
                .containsExactly(Verdict.KEPT);
    }

    @Test
    void shouldLeaveAloneWhatAPersonHasChanged() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        shadow("i1", "b", "Ada resides in Lisbon.");
        user.amended().add("a");

        assertThat(only().verdict()).isEqualTo(Verdict.KEPT);
    }

    @Test
    void shouldCountNothingOfWhatIsForgotten() {
        reflected("i1");
        live("i1", "a", "Ada lives in Lisbon.");
        shadow("i1", "b", "Ada resides in Lisbon.");
        forgotten.add(erasure(ErasureScope.INTERACTION, "i1"));

        assertThat(UserPlan.of(user, forgotten, RUN).parts()).isEmpty();
    }

    @Test
    void shouldWaitForBothReflectors() {
        live("i1", "a", "Ada lives in Lisbon.");
        user.liveStatus().put("i1", status("i1", ReflectionState.COMPLETED, OLD));
        assertThat(only().verdict()).as("the shadow has not ended").isEqualTo(Verdict.WAITING);

        user.shadowStatus().put("i1", status("i1", ReflectionState.COMPLETED, NEW));
        user.liveStatus().put("i1", status("i1", ReflectionState.RETRYING, OLD));
        assertThat(only().verdict()).as("the live one has not ended").isEqualTo(Verdict.WAITING);

        user.liveStatus().put("i1", status("i1", ReflectionState.FAILED, OLD));
        assertThat(only().verdict()).isEqualTo(Verdict.SWITCHED);
    }

    @Test
    void shouldLeaveAloneWhatTheLiveReflectorMadeAsTheShadowDoes() {
        user.liveStatus().put("i1", status("i1", ReflectionState.COMPLETED, NEW));
        user.shadowStatus().put("i1", status("i1", ReflectionState.COMPLETED, NEW));
        var made = fact("i1", "a", "Ada lives in Lisbon.", List.of(), NEW);
        user.live().add(Remembered.of(made).orElseThrow());
        shadow("i1", "b", "Ada resides in Lisbon.");

        assertThat(only().verdict()).isEqualTo(Verdict.OWN);
    }

    @Test
    void shouldEndTheMemoriesInUseAndReplaceOneThatEndsWhatIsGone() {
        reflected("i1");
        reflected("i2");
        live("i1", "a", "Ada lives in Lisbon.");
        shadow("i1", "x", "Ada resides in Lisbon.");
        var ending = fact("i2", "b", "Ada lives in Porto.", List.of("a"), OLD);
        user.live()
                .add(Remembered.of(Fact.newBuilder(ending)
                                .setRecordedAt(AT.plusSeconds(1))
                                .build())
                        .orElseThrow());
        var theirs = fact("i2", "y", "Ada lives in Porto.", List.of("x"), NEW);
        user.shadow()
                .add(Remembered.of(Fact.newBuilder(theirs)
                                .setRecordedAt(AT.plusSeconds(1))
                                .build())
                        .orElseThrow());

        var parts = UserPlan.of(user, forgotten, RUN).parts();

        assertThat(parts).hasSize(2);
        assertThat(parts.get(1).retired()).extracting(Remembered::id).containsExactly("b");
        assertThat(parts.get(1).added())
                .extracting(UserPlan.Copy::supersedes)
                .containsExactly(List.of(UserPlan.promotedId(RUN, "x")));
    }

    @Test
    void shouldPairWhatIsChangedByItsWordsAndCountEachKind() {
        reflected("i1");
        live("i1", "a", "Ada has a dog called Biscuit.");
        live("i1", "b", "Ada lives in Lisbon.");
        live("i1", "c", "Ada sings.");
        shadow("i1", "d", "Ada lives in Lisbon, Portugal.");
        shadow("i1", "e", "Ada has a small dog called Biscuit.");
        var comparison = new Comparison(10);

        comparison.add(user.user(), UserPlan.of(user, forgotten, RUN).parts());

        var facts = comparison.of(Tier.SEMANTIC);
        assertThat(facts.changed.examples())
                .extracting(example -> example.live().orElseThrow().id()
                        + example.shadow().orElseThrow().id())
                .containsExactlyInAnyOrder("bd", "ae");
        assertThat(facts.dropped.count).isEqualTo(1);
        assertThat(facts.added.count).isZero();
    }

    private Part only() {
        var parts = UserPlan.of(user, forgotten, RUN).parts();
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    /** What a promotion leaves in the log. */
    private void promote() {
        for (var part : UserPlan.of(user, forgotten, RUN).parts()) {
            for (var copy : part.added()) {
                user.live()
                        .add(Remembered.of(fact(
                                        part.group().interactionId(),
                                        copy.id(),
                                        copy.memory().text(),
                                        copy.supersedes(),
                                        NEW))
                                .orElseThrow());
            }
            part.retired().forEach(memory -> forgotten.add(Forgotten.retirement(memory.handed(), "next")));
        }
    }

    private void reflected(String interactionId) {
        user.liveStatus().put(interactionId, status(interactionId, ReflectionState.COMPLETED, OLD));
        user.shadowStatus().put(interactionId, status(interactionId, ReflectionState.COMPLETED, NEW));
    }

    private void live(String interactionId, String id, String text) {
        user.live()
                .add(Remembered.of(fact(interactionId, id, text, List.of(), OLD))
                        .orElseThrow());
    }

    private void shadow(String interactionId, String id, String text) {
        user.shadow()
                .add(Remembered.of(fact(interactionId, id, text, List.of(), NEW))
                        .orElseThrow());
    }

    private static UserForgotten erasure(ErasureScope scope, String target) {
        return UserForgotten.newBuilder()
                .setErasureId("by hand " + target)
                .setNamespace("default")
                .setUserId("ada")
                .setScope(scope)
                .setTargetId(target)
                .setErasedAt(AT.plusSeconds(60))
                .build();
    }

    private static ReflectionStatus status(String interactionId, ReflectionState state, ReflectorVersion reflector) {
        return ReflectionStatus.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace("default")
                .setUserId("ada")
                .setState(state)
                .setOccurredAt(AT)
                .setReceivedAt(AT)
                .setUpdatedAt(AT)
                .setTiers(List.of(TierStatus.newBuilder()
                        .setTier(Tier.SEMANTIC)
                        .setState(state)
                        .setReflector(reflector)
                        .setUpdatedAt(AT)
                        .build()))
                .build();
    }

    private static Fact fact(
            String interactionId, String id, String text, List<String> supersedes, ReflectorVersion reflector) {
        return Fact.newBuilder()
                .setMemoryId(id)
                .setNamespace("default")
                .setUserId("ada")
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(interactionId, interactionId + "-m")))
                .setReflector(reflector)
                .setSubject("Ada")
                .setPredicate("is")
                .setObject(text)
                .setStatement(text)
                .setValidFrom(AT)
                .setSupersedes(supersedes)
                .build();
    }
}
