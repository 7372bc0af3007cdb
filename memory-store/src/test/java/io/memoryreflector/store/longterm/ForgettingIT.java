package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.amendment;
import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.erasure;
import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.procedure;
import static io.memoryreflector.store.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ForgettingIT {

    private static final int MANY = 10_000;

    private final LongTermMemory longTerm = Stores.longTerm();
    private final UserKey user = Stores.newUser();

    /** Whatever comes when, the graph is the one of what no erasure covers. */
    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void shouldMakeTheSameGraphOfAnyOrderOfEventsAndErasures(@ForAll long seed) {
        var random = new Random(seed);
        var shuffled = Stores.newUser();
        var expected = Stores.newUser();
        var chosen = erasures(shuffled);
        Collections.shuffle(chosen, random);
        chosen = chosen.subList(0, random.nextInt(4));
        var names = chosen.stream()
                .map(it -> it.getScope() + " " + it.getTargetId() + " " + it.getErasedAt())
                .toList();

        var arriving = new ArrayList<SpecificRecord>(events(shuffled));
        arriving.addAll(chosen);
        arriving.addAll(new ArrayList<>(arriving.subList(0, random.nextInt(arriving.size()))));
        Collections.shuffle(arriving, random);
        for (int from = 0; from < arriving.size(); ) {
            var to = Math.min(arriving.size(), from + 1 + random.nextInt(5));
            longTerm.apply(arriving.subList(from, to));
            from = to;
        }

        var covering = new Erasures();
        var mine = chosen.stream()
                .map(it -> ids(it, shuffled, expected))
                .peek(covering::add)
                .toList();
        assertThat(mine).hasSameSizeAs(chosen);
        longTerm.apply(events(expected).stream()
                .filter(event -> !covering.covers(handed(event)))
                .toList());
        assertThat(GraphDump.of(shuffled)).as("seed %d, %s", seed, names).isEqualTo(GraphDump.of(expected));
    }

    @Test
    void shouldOpenAgainWhatAForgottenFactHadEnded() {
        longTerm.apply(List.of(
                fact(user, "i1", minute(1), "lives_in", "Porto"), fact(user, "i2", minute(2), "lives_in", "Lisbon")));
        assertThat(validTo("Ada lives in Porto")).contains(minute(2));

        longTerm.apply(List.of(erasure(user, ErasureScope.INTERACTION, "i2", minute(9))));

        assertThat(validTo("Ada lives in Porto")).isEmpty();
        assertThat(longTerm.since(user, 0).memories()).hasSize(1);
    }

    @Test
    void shouldNotWaitForAMemoryThatWasForgotten() {
        var memory = episode(user, "i1", minute(1), "Ada moved");
        longTerm.apply(List.of(erasure(user, ErasureScope.MEMORY, memory.getMemoryId(), minute(5)), memory));

        assertThat(longTerm.missing(List.of(memory.getMemoryId()))).isEmpty();
        assertThat(longTerm.memory(memory.getMemoryId())).isEmpty();
    }

    @Test
    void shouldShowARecallerThatMemoriesAreGone() {
        var recall = new Recall(longTerm, 64 << 20);
        longTerm.apply(List.of(
                episode(user, "i1", minute(1), "Ada bought a marker"),
                episode(user, "i2", minute(8), "Ada lost a marker")));
        assertThat(recall.recall(question("marker"))).hasSize(2);

        longTerm.apply(List.of(erasure(user, ErasureScope.USER, null, minute(5))));

        assertThat(recall.recall(question("marker")))
                .extracting(item -> item.memory().text())
                .containsExactly("Ada lost a marker");
        longTerm.apply(List.of(erasure(user, ErasureScope.USER, null, minute(9))));
        assertThat(recall.recall(question("marker"))).isEmpty();
        longTerm.apply(List.of(episode(user, "i3", minute(10), "Ada found a marker")));
        assertThat(recall.recall(question("marker"))).hasSize(1);
    }

    @Test
    void shouldForgetThousandsOfMemoriesAndNobodyElses() {
        var bystander = Stores.newUser();
        longTerm.apply(List.of(episode(bystander, "i1", minute(1), "another's")));
        for (int from = 0; from < MANY; from += 500) {
            var batch = new ArrayList<SpecificRecord>();
            for (int n = from; n < from + 500; n += 2) {
                batch.add(interaction(user, "i" + n, minute(1), "turn " + n));
                batch.add(episode(user, "i" + n, minute(1), "episode " + n));
                batch.add(fact(user, "i" + n, minute(1).plusSeconds(n), "likes" + n % 2_000, "thing " + n));
            }
            longTerm.apply(batch);
        }
        assertThat(count("Memory")).isEqualTo(MANY);

        var begun = System.nanoTime();
        longTerm.apply(List.of(erasure(user, ErasureScope.USER, null, minute(1_000))));
        var took = Duration.ofNanos(System.nanoTime() - begun);

        System.out.println(
                MANY + " memories and " + MANY / 2 + " interactions forgotten in " + took.toMillis() + " ms");
        assertThat(GraphDump.of(user)).isEmpty();
        assertThat(longTerm.since(bystander, 0).memories()).hasSize(1);
        assertThat(took).isLessThan(Duration.ofSeconds(60));
    }

    private static List<SpecificRecord> events(UserKey user) {
        var events = new ArrayList<SpecificRecord>(List.of(
                interaction(user, "i1", minute(1), "I live in Porto"),
                interaction(user, "i2", minute(2), "I live in Lisbon"),
                interaction(user, "i3", minute(13), "I live in Faro"),
                episode(user, "i1", minute(1), "Ada told where she lives"),
                episode(user, "i3", minute(13), "Ada told it again"),
                fact(user, "i1", minute(1), "lives_in", "Porto"),
                fact(user, "i2", minute(2), "lives_in", "Lisbon"),
                fact(user, "i3", minute(13), "lives_in", "Faro"),
                fact(user, "i4", minute(2), "works_as", "engineer")));
        // The same id again after an erasure, in other words.
        var again = interaction(user, "i1", minute(15), "I live in Braga");
        again.getMessages().get(0).setMessageId("another");
        events.add(again);
        var later = episode(user, "i1", minute(1), "Ada told where she lives");
        later.setRecordedAt(minute(15));
        later.setSummary("Ada told it in other words");
        later.setEntities(List.of("Braga"));
        events.add(later);
        var imported = fact(user, "i5", minute(3), "lives_in", "LISBON");
        imported.setSource(Source.IMPORT);
        events.add(imported);
        var otherSession = interaction(user, "i5", minute(3), "I live in LISBON");
        otherSession.setSessionId("s2");
        otherSession.setSource(Source.IMPORT);
        imported.setSessionId("s2");
        events.add(otherSession);
        var french = procedure(user, "i2", minute(2), "answer in French");
        var german = procedure(user, "i4", minute(4), "answer in German");
        german.setSupersedes(List.of(french.getMemoryId()));
        var dutch = procedure(user, "i3", minute(13), "answer in Dutch");
        dutch.setSupersedes(List.of(german.getMemoryId(), "named " + user));
        events.addAll(List.of(french, german, dutch));
        // Changed twice; held and let go, which lets it end the one before; and changed as it was made the first time.
        var swiss = amendment(german, "a1", minute(20));
        swiss.setText("answer in Swiss German");
        swiss.setEmbedding(new Embedding("test-model", Vectors.toBytes(new float[] {1, 0})));
        var held = amendment(french, "a2", minute(21));
        held.setReleased(false);
        var austrian = amendment(german, "a3", minute(22));
        austrian.setText("answer in Austrian German");
        austrian.setReleased(true);
        german.setQuarantine("looks like an order");
        var lisbon = amendment(fact(user, "i2", minute(2), "lives_in", "Lisbon"), "a4", minute(23));
        lisbon.setReleased(false);
        var first = amendment(episode(user, "i1", minute(1), "Ada told where she lives"), "a5", minute(2));
        first.setText("Ada told it wrongly");
        events.addAll(List.of(swiss, held, austrian, lisbon, first));
        events.addAll(List.of(summary(user, 1, minute(2), "i1", "i2"), summary(user, 2, minute(13), "i1", "i2", "i3")));
        return events;
    }

    private static List<UserForgotten> erasures(UserKey user) {
        return new ArrayList<>(List.of(
                erasure(user, ErasureScope.USER, null, minute(10)),
                erasure(user, ErasureScope.USER, null, minute(3)),
                erasure(user, ErasureScope.USER, null, minute(20)),
                erasure(user, ErasureScope.SESSION, "s2", minute(10)),
                erasure(user, ErasureScope.SESSION, "s1", minute(2)),
                erasure(user, ErasureScope.SOURCE, "import", minute(10)),
                erasure(user, ErasureScope.INTERACTION, "i2", minute(10)),
                erasure(user, ErasureScope.INTERACTION, "i4", minute(10)),
                erasure(
                        user,
                        ErasureScope.MEMORY,
                        id(procedure(user, "i3", minute(13), "answer in Dutch")),
                        minute(30)),
                erasure(
                        user,
                        ErasureScope.MEMORY,
                        id(procedure(user, "i2", minute(2), "answer in French")),
                        minute(30)),
                erasure(
                        user,
                        ErasureScope.MEMORY,
                        fact(user, "i2", minute(2), "lives_in", "Lisbon").getMemoryId(),
                        minute(30))));
    }

    private static String id(Procedure procedure) {
        return procedure.getMemoryId();
    }

    /** The same erasure of another user, whose memories have other ids. */
    private static UserForgotten ids(UserForgotten erasure, UserKey of, UserKey other) {
        var n = erasures(of).indexOf(erasure);
        return erasures(other).get(n);
    }

    private static Handed handed(SpecificRecord event) {
        if (event instanceof MemoryAmended amendment) {
            return Handed.of(amendment);
        }
        return event instanceof Interaction interaction
                ? Handed.of(interaction, interaction.getReceivedAt())
                : Handed.ofMemory(event).orElseThrow();
    }

    private RecallQuery question(String text) {
        return new RecallQuery(
                user,
                text,
                Optional.empty(),
                "",
                10,
                EnumSet.of(
                        io.memoryreflector.events.Tier.EPISODIC,
                        io.memoryreflector.events.Tier.SEMANTIC,
                        io.memoryreflector.events.Tier.PROCEDURAL),
                Optional.empty(),
                OptionalInt.empty(),
                Samples.START);
    }

    private Optional<Instant> validTo(String text) {
        return longTerm.since(user, 0).memories().stream()
                .filter(memory -> memory.text().equals(text))
                .findFirst()
                .orElseThrow()
                .validTo();
    }

    private long count(String label) {
        try (var session = Stores.neo4j().session()) {
            return session.run(
                            "MATCH (n) WHERE n.user_key = $user AND $label IN labels(n) RETURN count(n) AS n",
                            Map.of("user", user.toString(), "label", label))
                    .single()
                    .get("n")
                    .asLong();
        }
    }
}
