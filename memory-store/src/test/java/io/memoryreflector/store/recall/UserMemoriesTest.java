package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.fact;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserMemoriesTest {

    @Test
    void shouldPutAChangedMemoryInThePlaceOfTheOldOne() {
        var before = Loaded.of(List.of(episode("a", 1, "violin"), episode("b", 2, "garden")));

        var after = before.with(2, List.of(episode("a", 1, "cello")));

        assertThat(after.size()).isEqualTo(2);
        assertThat(after.seq()).isEqualTo(2);
        assertThat(after.postings("violin")).isEmpty();
        assertThat(after.postings("cello")).hasSize(1);
        assertThat(before.postings("violin")).hasSize(1);
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

        // In the order of ids: a, b, c, d.
        assertThat(memories.turnBefore(2)).isEqualTo(-1);
        assertThat(memories.turnBefore(0)).isEqualTo(2);
        assertThat(memories.turnBefore(1)).isZero();
        assertThat(memories.turnBefore(3)).isEqualTo(-1);
    }

    @Test
    void shouldWeighAtLeastItsVectors() {
        var light = Loaded.of(List.of(episode("a", 1, "violin")));
        var heavy = Loaded.of(List.of(episode("a", 1, "violin", new float[384])));

        assertThat(heavy.weight() - light.weight()).isEqualTo(384 * Float.BYTES);
    }

    @Test
    void shouldKeepNoWordThatEveryDialogueIsFullOf() {
        assertThat(Terms.of("Yeah, what's THE Violin's story?")).containsExactly("violin", "stori");
    }
}
