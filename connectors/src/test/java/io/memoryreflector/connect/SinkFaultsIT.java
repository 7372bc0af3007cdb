package io.memoryreflector.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both sinks as they are shipped, through what can go wrong on the way: everything lands once, the rest is parked. */
class SinkFaultsIT {

    private static final Duration LANDED = Duration.ofSeconds(120);

    private static RunningSinks sinks;

    @BeforeAll
    static void start() {
        sinks = new RunningSinks();
    }

    @AfterAll
    static void stop() {
        sinks.close();
    }

    @Test
    void shouldBringEveryKindOfEventIntoBothStores() {
        var user = RunningSinks.newUser();
        var ids = ids("all", 20);

        ids.forEach(id -> sinks.sendAll(user, id));
        sinks.flush();

        awaitLanded(user, ids);
        await().atMost(LANDED)
                .untilAsserted(() -> assertThat(sinks.sessionsInNeo4j(user)).containsExactlyInAnyOrderElementsOf(ids));
        assertThat(sinks.indexesInNeo4j()).contains("memory_seq", "memory_id", "interaction_raw");
    }

    @Test
    void shouldWriteEverythingOnceWhenTheWorkerIsKilledInMidBatch() {
        var users = Stream.generate(RunningSinks::newUser).limit(60).toList();
        var ids = ids("kill", 40);
        var before = sinks.allInteractionsInNeo4j();
        for (var id : ids) {
            users.forEach(user -> sinks.sendAll(user, user.userId() + id));
        }
        sinks.flush();
        await().pollInterval(Duration.ofMillis(20)).atMost(LANDED).until(() -> sinks.allInteractionsInNeo4j() > before);

        sinks.kill(Part.CONNECT);
        assertThat(sinks.allInteractionsInNeo4j() - before).isBetween(1L, (long) users.size() * ids.size() - 1);
        sinks.restart(Part.CONNECT);

        for (var user : users) {
            awaitLanded(user, ids.stream().map(id -> user.userId() + id).toList());
        }
    }

    @Test
    void shouldWaitForStoresThatAreDownAndParkABadRecordMeanwhileOnce() throws Exception {
        var user = RunningSinks.newUser();
        var ids = ids("down", 30);
        var garbage = garbage();
        sinks.kill(Part.REDIS, Part.NEO4J);

        sinks.send(Topics.INTERACTIONS, user, garbage);
        ids.forEach(id -> sinks.sendAll(user, id));
        sinks.flush();

        // Neo4j takes seconds to start; all the while both sinks try again.
        sinks.restart(Part.NEO4J, Part.REDIS);

        awaitLanded(user, ids);
        assertThat(sinks.status("redis-sink")).doesNotContain("FAILED");
        assertThat(sinks.status("neo4j-sink")).doesNotContain("FAILED");
        assertThat(sinks.parkedBy(garbage)).containsExactly("neo4j-sink", "redis-sink");
    }

    @Test
    void shouldWaitForARedisThatTakesNoWritesForTheMoment() throws Exception {
        var user = RunningSinks.newUser();
        var ids = ids("full", 10);
        sinks.limitRedisTo(1);
        try {
            var lettersBefore = sinks.deadLetters().size();
            ids.forEach(id -> sinks.sendAll(user, id));
            sinks.flush();
            // The other sink has written all of it, so this one has had it too.
            await().atMost(LANDED).until(() -> sinks.memoriesInNeo4j(user).size() == 3 * ids.size());

            assertThat(sinks.turnsInRedis(user)).isEmpty();
            assertThat(sinks.deadLetters()).hasSize(lettersBefore);
        } finally {
            sinks.limitRedisTo(0);
        }

        awaitLanded(user, ids);
    }

    @Test
    void shouldWaitForARegistryThatIsDownAndParkNothing() throws Exception {
        var user = RunningSinks.newUser();
        var ids = ids("registry", 10);
        // What the worker and this producer know of schemas is in their memory: the producer keeps it, the worker not.
        sinks.sendAll(user, "warm-up" + user.userId());
        sinks.flush();
        awaitLanded(user, List.of("warm-up" + user.userId()));
        var lettersBefore = sinks.deadLetters().size();
        sinks.kill(Part.CONNECT, Part.REGISTRY);
        ids.forEach(id -> sinks.sendAll(user, id));
        sinks.flush();

        sinks.restart(Part.CONNECT);
        await().atMost(LANDED).until(() -> sinks.hasMembers("redis-sink") && sinks.hasMembers("neo4j-sink"));
        // The registry takes seconds to start; all the while both sinks have records and nobody to ask about them.
        sinks.restart(Part.REGISTRY);

        awaitLanded(
                user,
                Stream.concat(Stream.of("warm-up" + user.userId()), ids.stream())
                        .toList());
        assertThat(sinks.deadLetters()).hasSize(lettersBefore);
    }

    @Test
    void shouldParkWhatCannotBeDecodedAsItCameAndBlockNobody() {
        var user = RunningSinks.newUser();
        var ids = ids("poison", 5);
        var garbage = garbage();
        var whole = sinks.bytes(Topics.INTERACTIONS, Samples.interaction(user, "cut" + UUID.randomUUID()));
        var cut = Arrays.copyOf(whole, whole.length - 20);
        var misplaced = sinks.bytes(Topics.SEMANTIC, Samples.fact(user, "misplaced" + UUID.randomUUID()));

        // One user is one partition: all that follows is behind them.
        sinks.send(Topics.INTERACTIONS, user, garbage);
        sinks.send(Topics.INTERACTIONS, user, cut);
        sinks.send(Topics.EPISODIC, user, misplaced);
        sinks.send(Topics.INTERACTIONS, user, (byte[]) null);
        ids.forEach(id -> sinks.sendAll(user, id));
        sinks.flush();

        awaitLanded(user, ids);
        await().atMost(LANDED).untilAsserted(() -> {
            assertThat(sinks.parkedBy(garbage)).containsExactly("neo4j-sink", "redis-sink");
            assertThat(sinks.parkedBy(cut)).containsExactly("neo4j-sink", "redis-sink");
            assertThat(sinks.parkedBy(misplaced)).containsExactly("neo4j-sink");
        });
        assertThat(sinks.deadLetters())
                .filteredOn(letter -> Arrays.equals(letter.value(), misplaced))
                .allSatisfy(letter -> {
                    assertThat(header(letter.headers(), "__connect.errors.topic"))
                            .isEqualTo("memory.episodic");
                    assertThat(header(letter.headers(), "__connect.errors.exception.message"))
                            .contains("memory.episodic holds io.memoryreflector.events.Episode");
                    assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(user.toString());
                });
    }

    @Test
    void shouldParkTheOneRecordOfABatchThatTheStoreRefuses() {
        var user = RunningSinks.newUser();
        var ids = ids("refused", 10);
        var tooLong = Episode.newBuilder(Samples.episode(user, "long"))
                .setMemoryId(user.userId() + "x".repeat(100_000))
                .build();
        var refused = sinks.bytes(Topics.EPISODIC, tooLong);

        ids.subList(0, 5).forEach(id -> sinks.sendAll(user, id));
        sinks.send(Topics.EPISODIC, user, refused);
        ids.subList(5, 10).forEach(id -> sinks.sendAll(user, id));
        sinks.flush();

        awaitLanded(user, ids);
        await().atMost(LANDED)
                .untilAsserted(() -> assertThat(sinks.parkedBy(refused)).containsExactly("neo4j-sink"));
    }

    private static void awaitLanded(UserKey user, List<String> ids) {
        var memories = ids.stream()
                .flatMap(id -> Stream.of(id + ":episode", id + ":fact", id + ":procedure"))
                .toList();
        await().atMost(LANDED).ignoreExceptions().untilAsserted(() -> {
            assertThat(sinks.interactionsInNeo4j(user)).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(sinks.memoriesInNeo4j(user)).containsExactlyInAnyOrderElementsOf(memories);
            assertThat(sinks.turnsInRedis(user)).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(sinks.receivedAndCompleted(user)).containsExactly((long) ids.size(), (long) ids.size());
        });
    }

    private static List<String> ids(String prefix, int count) {
        var run = UUID.randomUUID();
        return IntStream.range(0, count).mapToObj(i -> prefix + i + "-" + run).toList();
    }

    private static byte[] garbage() {
        return ("not Avro " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    }

    private static String header(org.apache.kafka.common.header.Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
