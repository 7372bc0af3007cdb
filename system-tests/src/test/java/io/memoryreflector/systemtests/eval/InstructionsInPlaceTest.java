package io.memoryreflector.systemtests.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.store.recall.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user's forty standing instructions in varied words, among as many sentences that look alike and are none and a hundred
 * turns of small talk, through the offline reflectors: each is asked for in the situation that it names.
 */
class InstructionsInPlaceTest {

    private static final Path LISTS =
            Path.of("..", "reflection", "src", "test", "resources", "io", "memoryreflector", "reflection", "offline");
    private static final Instant FIRST = Instant.parse("2026-05-02T10:00:00Z");

    @Test
    void shouldBringInstructionsBackAmongTheFirstFive() throws Exception {
        var lists = read("standing-instructions.json");
        var turns = new ArrayList<LabelledConversation.Turn>();
        var questions = new ArrayList<LabelledConversation.Question>();
        for (var standing : lists.path("standing")) {
            var id = add(turns, "user", standing.path("text").asString());
            questions.add(new LabelledConversation.Question(
                    id, "instruction", standing.path("question").asString(), Set.of(id)));
        }
        lists.path("none").forEach(other -> add(turns, "user", other.asString()));
        read("no-memories.json")
                .forEach(talk -> add(
                        turns, talk.path("role").asString(), talk.path("text").asString()));
        var conversation =
                new LabelledConversation("instructions", List.copyOf(turns), List.copyOf(questions), List.of());

        var scored = InProcess.of(conversation, new MiniLmEmbedder())
                .ranking(Weights.STANDARD)
                .score(conversation.answerable());

        var found = scored.stream()
                .filter(one -> one.measures().get(Measure.R5) == 1)
                .count();
        System.out.println("instructions among the first five: " + found + " of " + questions.size());
        // 36 where it was measured; quantised vectors differ a little between processors.
        assertThat(found).isGreaterThanOrEqualTo(34);
    }

    /** Each turn is a session of its own, so that none is found by its neighbours. */
    private static String add(List<LabelledConversation.Turn> turns, String role, String text) {
        var id = "m" + turns.size();
        turns.add(new LabelledConversation.Turn(
                "s" + turns.size(),
                id,
                role,
                "",
                text,
                FIRST.plusSeconds(60L * turns.size()).toString()));
        return id;
    }

    private static JsonNode read(String name) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(LISTS.resolve(name)));
    }
}
