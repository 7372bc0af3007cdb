package io.memoryreflector.store.retention;

import static io.memoryreflector.store.Samples.START;
import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.status;
import static io.memoryreflector.store.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.Retiring;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.KnownStates;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Over a real Redis and a real Neo4j; each test has a namespace of its own. */
class RetentionIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Instant NOW = START.plus(Duration.ofDays(40));
    private static final Instant MUCH_LATER = NOW.plus(Duration.ofDays(1_000));

    private final String namespace = "kept-" + UUID.randomUUID();
    private final UserKey user = new UserKey(namespace, "ada / " + UUID.randomUUID());
    private final LongTermMemory longTerm = Stores.longTerm();
    private final Transcripts transcripts = new Transcripts(Stores.neo4j(), TIMEOUT);
    private final SessionSummaries sessions = new SessionSummaries(Stores.neo4j(), TIMEOUT);
    private final ShortTermMemory shortTerm = new ShortTermMemory(Stores.redis(), ShortTermSettings.standard());
    private final StatusBoard board =
            new StatusBoard(Stores.redis(), longTerm, StatusBoard.RETENTION, InstantSource.system());
    private final CleaningLease lease = new CleaningLease(Stores.redis());

    @Test
    void shouldCleanWhatWasSaidAndLeaveWhatMemoriesPointTo() {
        var id = newId();
        var memory = episode(user, id, START, "Ada moved");
        longTerm.apply(List.of(interaction(user, id, START, "I bought a zanzibarian marker"), memory));
        shortTerm.remember(List.of(interaction(user, id, START, "I bought a zanzibarian marker")));
        board.apply(List.of(status(user, id, 1, ReflectionState.COMPLETED, List.of(memory.getMemoryId()))));
        assertThat(holding("zanzibarian")).isEqualTo(1);

        var cleaned = clean(NOW);

        assertThat(cleaned).isEqualTo(new Cleaned(1, 0, 0, 0, Optional.empty()));
        assertThat(holding("zanzibarian")).isZero();
        assertThat(shortTerm.recent(user, Optional.empty(), 10)).isEmpty();
        var source = longTerm.memory(memory.getMemoryId())
                .orElseThrow()
                .memory()
                .sources()
                .get(0);
        var said = transcripts.interactions(user, Optional.empty(), 10).get(0);
        assertThat(said.interactionId()).isEqualTo(source.getInteractionId());
        assertThat(said.occurredAt()).isEqualTo(START);
        assertThat(said.recordedAt()).isEqualTo(START);
        assertThat(said.cleanedAt()).contains(NOW);
        assertThat(said.messages()).singleElement().satisfies(message -> {
            assertThat(message.messageId()).isEqualTo(source.getMessageId());
            assertThat(message.content()).isEmpty();
            assertThat(message.sentAt()).isEqualTo(START);
        });
        assertThat(transcripts.cleaned(user, List.of(id, "another"))).isEqualTo(Map.of(id, NOW));
        assertThat(clean(NOW)).isEqualTo(Cleaned.NOTHING);
    }

    @Test
    void shouldKeepWhatIsYoungWhatIsNotReflectedAndWhatIsOfAnotherNamespace() {
        var other = new UserKey(namespace + "-b", "bob");
        var states = List.of(
                ReflectionState.COMPLETED,
                ReflectionState.PARTIAL,
                ReflectionState.FAILED,
                ReflectionState.SKIPPED,
                ReflectionState.RETRYING);
        var written = new ArrayList<SpecificRecord>();
        for (var state : states) {
            var id = state + newId();
            written.add(interaction(user, id, START, state.name()));
            board.apply(List.of(status(user, id, 1, state, List.of())));
        }
        var received = interaction(user, newId(), START, "RECEIVED");
        board.received(List.of(received));
        var foreign = newId();
        board.apply(List.of(status(other, foreign, 1, ReflectionState.COMPLETED, List.of())));
        var young = newId();
        board.apply(List.of(status(user, young, 1, ReflectionState.COMPLETED, List.of())));
        written.addAll(List.of(
                received,
                interaction(user, newId(), START, "UNKNOWN"),
                interaction(user, "cited", START, "CITED"),
                episode(user, "cited", START, "an episode"),
                interaction(user, newId(), START.minus(Duration.ofDays(60)), "OUTLIVED"),
                interaction(user, young, NOW.minus(Duration.ofDays(29)), "YOUNG"),
                interaction(user, foreign, START, "ID OF ANOTHER USER"),
                interaction(other, foreign, START, "OF ANOTHER NAMESPACE")));
        longTerm.apply(written);

        var cleaned = clean(NOW);

        assertThat(cleaned).isEqualTo(new Cleaned(4, 0, 0, 6, Optional.empty()));
        assertThat(said(user))
                .containsExactlyInAnyOrder(
                        "FAILED", "SKIPPED", "RETRYING", "RECEIVED", "UNKNOWN", "YOUNG", "ID OF ANOTHER USER");
        assertThat(said(other)).containsExactly("OF ANOTHER NAMESPACE");
    }

    @Test
    void shouldNotTakeBackWhatWasCleanedUntilItIsHandedOverAgain() {
        var first = interaction(user, "cited", START, "the first time");
        longTerm.apply(List.of(first, episode(user, "cited", START, "an episode")));
        clean(NOW);

        longTerm.apply(List.of(first));
        assertThat(said(user)).isEmpty();

        longTerm.apply(List.of(interaction(user, "cited", NOW, "the second time")));
        assertThat(said(user)).containsExactly("the second time");
        assertThat(transcripts.cleaned(user, List.of("cited"))).isEmpty();
        assertThat(clean(NOW)).isEqualTo(Cleaned.NOTHING);
        assertThat(clean(NOW.plus(Duration.ofDays(31))).interactions()).isEqualTo(1);
    }

    @Test
    void shouldCleanAgainAfterTheGraphWasBuiltAnew() {
        List<SpecificRecord> log = List.of(
                interaction(user, "cited", START, "said long ago"), episode(user, "cited", START, "an episode"));
        longTerm.apply(log);
        clean(NOW);
        try (var session = Stores.neo4j().session()) {
            session.run("MATCH (n {user_key: $user}) DETACH DELETE n", Map.of("user", user.toString()))
                    .consume();
        }
        longTerm.apply(log);
        assertThat(said(user)).containsExactly("said long ago");

        assertThat(clean(NOW).interactions()).isEqualTo(1);
        assertThat(said(user)).isEmpty();
    }

    @Test
    void shouldForgetACleanedInteractionWhole() {
        longTerm.apply(List.of(
                interaction(user, "cited", START, "said"),
                episode(user, "cited", START, "an episode"),
                summary(user, 1, START, "cited")));
        clean(NOW);

        longTerm.apply(List.of(Samples.erasure(user, ErasureScope.USER, null, NOW)));

        assertThat(count("MATCH (n {user_key: $user}) WHERE NOT n:User AND NOT n:Erasure RETURN count(n) AS n"))
                .isZero();
    }

    @Test
    void shouldCleanSessionsAfterTheirOwnTime() {
        longTerm.apply(List.of(summary(user, 1, START, "i1")));
        assertThat(clean(NOW)).isEqualTo(Cleaned.NOTHING);

        assertThat(clean(START.plus(Duration.ofDays(366))).sessions()).isEqualTo(1);

        assertThat(sessions.page(user, "", 10)).isEmpty();
        longTerm.apply(List.of(summary(user, 1, START, "i1")));
        assertThat(sessions.page(user, "", 10)).isEmpty();
        longTerm.apply(List.of(summary(user, 1, MUCH_LATER, "i9")));
        assertThat(sessions.page(user, "", 10)).hasSize(1);
    }

    @Test
    void shouldCleanMemoriesWhereTheyHaveATimeAndWaitForThemNoMore() {
        var old = fact(user, "i1", START, "lives_in", "Porto");
        var young = fact(user, "i2", NOW, "lives_in", "Lisbon");
        var statusId = newId();
        var changed = Samples.amendment(old, "changed", START);
        changed.setText("Ada lived in Portimao");
        longTerm.apply(List.of(old, young, changed));
        board.apply(List.of(status(user, statusId, 1, ReflectionState.COMPLETED, List.of(old.getMemoryId()))));
        var before = longTerm.since(user, 0);
        var retention = new Retention(Optional.empty(), Optional.empty(), Optional.of(Duration.ofDays(30)));

        var cleaned = cleaning(NOW).run(Scope.of(namespace), any -> retention, MUCH_LATER);

        assertThat(cleaned).isEqualTo(new Cleaned(0, 0, 1, 0, Optional.empty()));
        assertThat(longTerm.memory(old.getMemoryId())).isEmpty();
        assertThat(holding("Portimao")).isZero();
        var after = longTerm.since(user, before.seq());
        assertThat(after.whole()).isTrue();
        assertThat(after.memories()).extracting(Memory::memoryId).containsExactly(young.getMemoryId());
        assertThat(longTerm.missing(List.of(old.getMemoryId()))).isEmpty();
        assertThat(board.user(user).pending()).isZero();
        longTerm.apply(List.of(old));
        assertThat(cleaning(NOW)
                        .run(Scope.of(namespace), any -> retention, MUCH_LATER)
                        .memories())
                .isEqualTo(1);
    }

    @Test
    void shouldStopWhenTheTimeIsUpAndGoOnFromThere() {
        for (var name : List.of("a", "b", "c")) {
            var one = new UserKey(namespace, name);
            longTerm.apply(List.of(interaction(one, "cited", START, "said"), episode(one, "cited", START, "heard")));
        }
        var ticks = new ArrayList<Instant>();
        // The first look is the time of the run; then each further look is a second later.
        InstantSource clock = () -> {
            ticks.add(NOW.plusSeconds(ticks.size()));
            return ticks.get(ticks.size() - 1);
        };
        var cleaning = new Cleaning(
                new Retiring(Stores.neo4j(), TIMEOUT),
                new KnownStates(Stores.redis()),
                shortTerm,
                StatusBoard.RETENTION,
                clock);

        var first = cleaning.run(Scope.of(namespace), any -> Retention.standard(), NOW.plusSeconds(5));

        assertThat(first.isComplete()).isFalse();
        assertThat(first.interactions()).isBetween(1L, 2L);
        var rest = cleaning(NOW)
                .run(
                        Scope.of(namespace).from(first.stoppedAt().orElseThrow()),
                        any -> Retention.standard(),
                        MUCH_LATER);
        assertThat(rest.isComplete()).isTrue();
        assertThat(first.interactions() + rest.interactions()).isEqualTo(3);
    }

    @Test
    void shouldCleanMoreThanOneStepOfAUser() {
        var written = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 1_200; n++) {
            // Half of them at one time, so that a step ends amid equals.
            written.add(interaction(user, "i" + n, n % 2 == 0 ? START : minute(n), "said " + n));
            if (n % 3 != 0) {
                written.add(episode(user, "i" + n, START, "episode " + n));
            }
        }
        for (int from = 0; from < written.size(); from += 500) {
            longTerm.apply(written.subList(from, Math.min(written.size(), from + 500)));
        }

        var cleaned = clean(NOW);

        assertThat(cleaned.interactions()).isEqualTo(800);
        assertThat(cleaned.kept()).isEqualTo(400);
        assertThat(said(user)).hasSize(400);
    }

    @Test
    void shouldLetOneCleanAtATime() {
        var inner = lease.during(TIMEOUT, () -> lease.during(TIMEOUT, () -> "twice"));
        assertThat(inner).contains(Optional.empty());
        assertThat(lease.during(TIMEOUT, () -> "again")).contains("again");

        // One that was held for too long is another's, and is not given back.
        var late = lease.during(Duration.ofMillis(1), () -> {
            await().atMost(Duration.ofSeconds(10)).until(() -> !Stores.redis().exists("mr:retention:lease"));
            Stores.redis().set("mr:retention:lease", "another's");
            return "late";
        });
        assertThat(late).contains("late");
        assertThat(lease.during(TIMEOUT, () -> "beside")).isEmpty();
        Stores.redis().del("mr:retention:lease");

        lease.keepPlace(Optional.of("kept/here"));
        assertThat(lease.place()).contains("kept/here");
        lease.keepPlace(Optional.empty());
        assertThat(lease.place()).isEmpty();
    }

    private Cleaned clean(Instant now) {
        return cleaning(now).run(Scope.of(namespace), any -> Retention.standard(), MUCH_LATER);
    }

    private Cleaning cleaning(Instant now) {
        return new Cleaning(
                new Retiring(Stores.neo4j(), TIMEOUT),
                new KnownStates(Stores.redis()),
                shortTerm,
                StatusBoard.RETENTION,
                InstantSource.fixed(now));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private List<String> said(UserKey of) {
        return transcripts.interactions(of, Optional.empty(), 2_000).stream()
                .flatMap(said -> said.messages().stream())
                .map(Transcripts.Utterance::content)
                .filter(content -> !content.isEmpty())
                .toList();
    }

    /** Nodes that hold a word anywhere. */
    private long holding(String word) {
        try (var session = Stores.neo4j().session()) {
            return session.run(
                            "MATCH (n) WHERE any(key IN keys(n) WHERE toStringOrNull(n[key]) CONTAINS $word)"
                                    + " RETURN count(n) AS n",
                            Map.of("word", word))
                    .single()
                    .get("n")
                    .asLong();
        }
    }

    private long count(String statement) {
        try (var session = Stores.neo4j().session()) {
            return session.run(statement, Map.of("user", user.toString()))
                    .single()
                    .get("n")
                    .asLong();
        }
    }
}
