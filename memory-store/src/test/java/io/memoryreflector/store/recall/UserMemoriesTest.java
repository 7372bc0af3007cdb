package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.fact;
import static io.memoryreflector.store.recall.Loaded.procedure;
import static io.memoryreflector.store.recall.Loaded.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserMemoriesTest {

    @Test
    void shouldPutAChangedMemoryInThePlaceOfTheOldOne() {
        var before = Loaded.of(List.of(episode("a", 1, "violin"), episode("b", 2, "garden")));

        var after = before.with(2, List.of(episode("a", 1, "cello")));

        assertThat(after.size()).isEqualTo(2);
        assertThat(after.seq()).isEqualTo(2);
        assertThat(texts(after)).containsExactly("cello", "garden");
        assertThat(texts(before)).containsExactly("violin", "garden");
    }

    @Test
    void shouldTakeInTheTurnsThatNoEpisodeRestsOn() {
        var memories = Loaded.of(List.of(episode("m1", 1, "violin"), fact("f", 2, "a fact", "m2", null)));

        var merged =
                memories.withTurns(List.of(turn("m1", 1, "violin"), turn("m2", 2, "cello"), turn("m3", 3, "harp")));

        assertThat(ids(merged)).containsExactly("m1", "turn m2", "turn m3", "f");
        assertThat(merged.seq()).isEqualTo(memories.seq());
        assertThat(merged.turnBefore(2)).isEqualTo(1);
        assertThat(memories.withTurns(List.of(turn("m1", 1, "violin")))).isSameAs(memories);
    }

    @Test
    void shouldLeaveOutWhatIsHeldBackAndTheTurnsThatItRestsOn() {
        var memories = Loaded.of(List.of(episode("m1", 1, "violin"), Loaded.heldBack(episode("m2", 2, "cello"))));

        assertThat(memories.size()).isEqualTo(1);
        assertThat(texts(memories)).doesNotContain("cello");
        assertThat(memories.withTurns(List.of(turn("m2", 2, "cello")))).isSameAs(memories);
    }

    @Test
    void shouldTakeInWhatIsNoLongerHeldBackAndLeaveOutWhatIsFromNowOn() {
        var memories = Loaded.of(List.of(Loaded.heldBack(episode("m1", 1, "violin")), episode("m2", 2, "cello")));

        var after = memories.with(2, List.of(episode("m1", 1, "violin"), Loaded.heldBack(episode("m2", 2, "cello"))));

        assertThat(after.size()).isEqualTo(1);
        assertThat(ids(after)).containsExactly("m1");
    }

    @Test
    void shouldStayTheSameWhereNothingChanged() {
        var memories = Loaded.of(List.of(episode("a", 1, "violin")));

        assertThat(memories.with(1, List.of())).isSameAs(memories);
        assertThat(memories.with(2, List.of()).seq()).isEqualTo(2);
    }

    @Test
    void shouldChainTheTurnsOfASessionByTime() {
        var memories = Loaded.of(List.of(
                episode("c", 1, "first"),
                episode("a", 2, "second"),
                episode("b", 3, "third"),
                fact("d", 2, "a fact", "m", null)));

        assertThat(ids(memories)).containsExactly("c", "a", "b", "d");
        assertThat(memories.turnBefore(0)).isEqualTo(-1);
        assertThat(memories.turnBefore(1)).isZero();
        assertThat(memories.turnBefore(2)).isEqualTo(1);
        assertThat(memories.turnBefore(3)).isEqualTo(-1);
    }

    @Test
    void shouldMakeTheVectorOfASituationOnceForAllThatNameIt() {
        var asked = new ArrayList<String>();

        var memories = UserMemories.empty()
                .with(
                        1,
                        List.of(
                                procedure("p1", "When I ask about recipes", "list the calories"),
                                procedure("p2", "Whenever I ask for recipes", "use metric units"),
                                episode("a", 1, "violin")),
                        situations -> {
                            asked.addAll(situations);
                            return List.of(new float[] {0.6f, 0.8f});
                        });

        assertThat(asked).containsExactly("recipes");
        assertThat(memories.get(1).situation).containsExactly(0.6f, 0.8f);
        assertThat(memories.get(2).situation).containsExactly(0.6f, 0.8f);
        assertThat(memories.get(0).situation).isEmpty();
    }

    @Test
    void shouldWeighAtLeastItsVectors() {
        var light = Loaded.of(List.of(episode("a", 1, "violin")));
        var heavy = Loaded.of(List.of(episode("a", 1, "violin", new float[384])));

        assertThat(heavy.weight() - light.weight()).isEqualTo(2 * 384 * Float.BYTES);
    }

    @Test
    void shouldKeepNoWordThatEveryDialogueIsFullOf() {
        assertThat(Terms.of("Yeah, what's THE Violin's story?")).containsExactly("violin", "stori");
    }

    private static List<String> ids(UserMemories memories) {
        return IntStream.range(0, memories.size())
                .mapToObj(i -> memories.get(i).memory.memoryId())
                .toList();
    }

    private static List<String> texts(UserMemories memories) {
        return IntStream.range(0, memories.size())
                .mapToObj(i -> memories.get(i).memory.text())
                .toList();
    }
}
