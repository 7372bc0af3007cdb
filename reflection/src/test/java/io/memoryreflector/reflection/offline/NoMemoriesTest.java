package io.memoryreflector.reflection.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A hundred turns that hold nothing to keep: small talk, questions, guesses, requests, and what comes out of memory. */
class NoMemoriesTest {

    private static final int MOST_FACTS = 2;

    record Turn(Role role, String text) {}

    @Test
    void hundredTurnsThatHoldNothingMakeAtMostTwoMemories() {
        var turns = JsonMapper.shared()
                .readTree(getClass().getResourceAsStream("no-memories.json"))
                .valueStream()
                .map(turn -> new Turn(
                        Role.valueOf(turn.get("role").stringValue().toUpperCase(Locale.ROOT)),
                        turn.get("text").stringValue()))
                .toList();

        var made = turns.stream().flatMap(NoMemoriesTest::memories).toList();

        assertThat(turns).hasSize(100);
        assertThat(made).hasSizeLessThanOrEqualTo(MOST_FACTS);
    }

    private static Stream<String> memories(Turn turn) {
        var said = Tasks.said("m1", turn.role(), null, turn.text());
        var facts = new OfflineSemanticReflector(new HashEmbedder()).draft(Tasks.task(Tier.SEMANTIC, said));
        var procedures = new OfflineProceduralReflector(new HashEmbedder()).draft(Tasks.task(Tier.PROCEDURAL, said));
        return Stream.of(facts, procedures).flatMap(List::stream).map(draft -> turn.text() + " gives " + draft.text());
    }
}
