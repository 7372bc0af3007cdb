package io.memoryreflector.systemtests.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.store.longterm.Delta;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.recall.Ingredient;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import io.memoryreflector.store.recall.RecallSettings;
import io.memoryreflector.store.recall.Reranker;
import io.memoryreflector.store.recall.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Questions in the situation that an instruction names, in other words than it, by the embedder that ships. */
class StandingInstructionsTest {

    private static final UserKey USER = new UserKey("test", "ada");
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    /** The situation, what is to be done in it, and a question of somebody who is in it. */
    private record Case(String situation, String instruction, String question) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "When I ask about recipes",
                    "list the calories",
                    "Can you suggest a good lasagna I could cook tonight?"),
            new Case(
                    "Whenever I ask for travel ideas",
                    "give me options by train",
                    "Where could we go for a long weekend in autumn?"),
            new Case(
                    "If I ask about my budget", "break the numbers down by category", "How much did I spend in March?"),
            new Case("When explaining maths", "show every step", "How do I integrate x times e to the x?"),
            new Case("When I ask about medication", "mention side effects", "Can I take ibuprofen for my back pain?"),
            new Case(
                    "Each time I ask for a workout",
                    "keep it under twenty minutes",
                    "What exercises should I do this morning?"),
            new Case("If I ask for book recommendations", "leave out long ones", "What should I read on the beach?"),
            new Case(
                    "When I plan a meeting",
                    "mind the time zone of Tokyo",
                    "Let's find a slot for the quarterly review."),
            new Case("When I ask about history", "cite your sources", "Why did the Roman republic collapse?"),
            new Case("Whenever I mention the garden", "assume zone 8b", "When can I plant out tomatoes?"),
            new Case(
                    "Every time I ask about investments",
                    "warn me about the risks",
                    "Should I put my savings into an index fund?"),
            new Case("When I ask about the weather", "use Celsius", "How hot will it get tomorrow in Madrid?"),
            new Case(
                    "When I ask about cooking",
                    "suggest something vegetarian",
                    "What can I make out of minced beef and rice?"),
            new Case(
                    "If I ask for a translation",
                    "give the formal and the informal version",
                    "How do you say 'see you tomorrow' in German?"),
            new Case(
                    "When I ask you to review SQL",
                    "check for missing indexes",
                    "Is this query on the orders table fine?"),
            new Case(
                    "When I ask about deployment",
                    "include the rollback",
                    "How do I ship the new release to production?"),
            new Case(
                    "When I ask for gift ideas", "stay below 50 euros", "What could I get my sister for her birthday?"),
            new Case(
                    "If I ask about sleep",
                    "do not suggest melatonin",
                    "I keep waking up at three in the morning, what helps?"),
            new Case(
                    "For any question on legal matters",
                    "remind me to ask my lawyer",
                    "Can my employer change my contract without notice?"),
            new Case(
                    "When I ask about chess", "use algebraic notation", "What is a good reply to the queen's gambit?"));

    /** Said on the same matters, and as like the questions as anything. */
    private static final List<String> SAID = List.of(
            "I cooked a lasagna for my parents on Sunday and everybody loved it.",
            "We spent a long weekend in Vienna last autumn.",
            "In March I spent far too much on the new bike.",
            "My back pain is better since I started swimming.",
            "I did some exercises this morning before work.",
            "I read three books on the beach last summer.",
            "The quarterly review went well, everybody was there.",
            "We visited Rome and I learned a lot about the republic.",
            "My tomatoes died in the frost last year.",
            "I put some savings aside for a new roof.",
            "Madrid was so hot in July that we stayed inside.",
            "I made rice and minced beef for lunch.",
            "I am learning German with a friend from Berlin.",
            "The orders table has grown to ten million rows.",
            "We shipped the release on Friday and production was down.",
            "My sister turns thirty in June, her birthday is on the ninth.",
            "I woke up at three in the morning again.",
            "My employer gave me a new contract in January.",
            "I lost to my uncle with the queen's gambit.",
            "My cover letter was read by two friends.");

    private final MiniLmEmbedder embedder = new MiniLmEmbedder();

    @Test
    void shouldBringAnInstructionBackInItsSituationAndOverwhelmNoOtherQuestion() {
        var with = recall(Weights.STANDARD);
        var without = recall(Weights.STANDARD.without(Ingredient.SITUATION));

        var found = CASES.stream().filter(one -> isAmongFirstFive(with, one)).count();
        var foundWithout =
                CASES.stream().filter(one -> isAmongFirstFive(without, one)).count();

        System.out.println(
                "instructions among the first five: " + found + " of " + CASES.size() + ", without: " + foundWithout);
        assertThat(found).isGreaterThanOrEqualTo(CASES.size() * 9L / 10);
        assertThat(found).isGreaterThan(foundWithout);
        assertThat(with.recall(query("How often did I visit my grandmother in Graz?"))
                        .get(0)
                        .memory()
                        .tier())
                .isEqualTo(Tier.EPISODIC);
    }

    private boolean isAmongFirstFive(Recall recall, Case one) {
        return recall.recall(query(one.question)).stream()
                .anyMatch(item -> item.memory().text().equals(one.situation + ": " + one.instruction));
    }

    private Recall recall(Weights weights) {
        var memories = new ArrayList<Memory>();
        CASES.forEach(one -> memories.add(Memory.of(procedure(one), Optional.empty())));
        SAID.forEach(said -> memories.add(Memory.of(episode(said), Optional.empty())));
        memories.add(Memory.of(episode("I visited my grandmother in Graz twice this year."), Optional.empty()));
        return new Recall(
                (user, seq) -> new Delta(1, seq == 0, seq == 0 ? memories : List.of()),
                1 << 20,
                new RecallSettings(weights, embedder::embed, Reranker.NONE));
    }

    private RecallQuery query(String text) {
        return new RecallQuery(
                USER,
                text,
                Optional.of(embedder.embed(text)),
                embedder.model(),
                5,
                Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL),
                Optional.empty(),
                OptionalInt.empty(),
                AT);
    }

    private Procedure procedure(Case one) {
        return Procedure.newBuilder()
                .setMemoryId("procedure " + one.situation)
                .setNamespace(USER.namespace())
                .setUserId(USER.userId())
                .setSessionId("s " + one.situation)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(one.situation, "m")))
                .setReflector(version())
                .setEmbedding(embedding(one.situation + ": " + one.instruction))
                .setKind("instruction")
                .setTrigger(one.situation)
                .setInstruction(one.instruction)
                .setValidFrom(AT)
                .build();
    }

    private Episode episode(String said) {
        return Episode.newBuilder()
                .setMemoryId("episode " + said)
                .setNamespace(USER.namespace())
                .setUserId(USER.userId())
                .setSessionId("s " + said)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setSources(List.of(new SourceRef(said, "m")))
                .setReflector(version())
                .setEmbedding(embedding(said))
                .setSummary("User: \"" + said + "\"")
                .setParticipants(List.of("User"))
                .build();
    }

    private Embedding embedding(String text) {
        return new Embedding(embedder.model(), Vectors.toBytes(embedder.embed(text)));
    }

    private static ReflectorVersion version() {
        return ReflectorVersion.newBuilder().setName("test").setVersion("1").build();
    }
}
