package io.memoryreflector.ingest;

import static io.memoryreflector.ingest.DeadLetterTopic.POISON;
import static io.memoryreflector.ingest.DeadLetterTopic.connectErrors;
import static io.memoryreflector.ingest.DeadLetterTopic.streamsErrors;
import static io.memoryreflector.ingest.DeadLetterTopic.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Forgetting and export over real servers; what the sinks do of it is their own tests'. */
@ExtendWith(SharedServers.class)
class ForgettingIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static LocalStack stack;
    private static Service service;
    private static DeadLetterTopic letters;

    private final String id = UUID.randomUUID().toString();
    private final UserKey user = new UserKey("default", "forgotten-" + id);

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        // A cold Neo4j on a busy machine takes its time.
        service = SharedServers.service();
        letters = new DeadLetterTopic(stack);
    }

    @AfterAll
    static void stop() {
        letters.close();
    }

    @Test
    void shouldAnswerOnceTheLogHasTheErasureAndTheSameToTheSameKey() {
        var before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        var answer = delete("/api/v1/users/" + user.userId() + "?reason=asked", "Idempotency-Key", "k1");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("/status")).isEqualTo("forgetting");
        assertThat(Instant.parse(answer.text("/erased_at"))).isBetween(before, Instant.now());
        assertThat(service.get(answer.text("/links/status")).status()).isEqualTo(200);
        var known = awaitErasure(answer.text("/erasure_id"));
        assertThat(known.getScope()).isEqualTo(ErasureScope.USER);
        assertThat(known.getReason()).isEqualTo("asked");
        assertThat(delete("/api/v1/users/" + user.userId(), "Idempotency-Key", "k1")
                        .json())
                .isEqualTo(answer.json());
        assertThat(delete("/api/v1/users/" + user.userId()).text("/erasure_id"))
                .isNotEqualTo(answer.text("/erasure_id"));
    }

    @Test
    void shouldForgetParts() {
        var path = "/api/v1/users/" + user.userId();
        var memory = episode("i1", Instant.now());
        service.bean(LongTermMemory.class).apply(List.of(memory));
        service.bean(StatusBoard.class).apply(List.of(status("i1" + id)));

        var asked = List.of(
                delete(path + "/sessions/s%2F1"),
                delete(path + "/sources/IMPORT"),
                delete("/api/v1/interactions/i1" + id),
                delete("/api/v1/interactions/unknown?user_id=" + user.userId()),
                delete("/api/v1/memories/" + memory.getMemoryId(), "Idempotency-Key", "k"));

        assertThat(asked).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        assertThat(asked.stream().map(answer -> awaitErasure(answer.text("/erasure_id"))))
                .extracting(erasure -> erasure.getScope() + " " + erasure.getUserId() + " " + erasure.getTargetId())
                .containsExactly(
                        "SESSION " + user.userId() + " s/1",
                        "SOURCE " + user.userId() + " import",
                        "INTERACTION " + user.userId() + " i1" + id,
                        "INTERACTION " + user.userId() + " unknown",
                        "MEMORY " + user.userId() + " " + memory.getMemoryId());
        service.bean(LongTermMemory.class)
                .apply(List.of(awaitErasure(asked.get(4).text("/erasure_id"))));
        assertThat(delete("/api/v1/memories/" + memory.getMemoryId()).status()).isEqualTo(404);
        assertThat(delete("/api/v1/memories/" + memory.getMemoryId(), "Idempotency-Key", "k")
                        .json())
                .isEqualTo(asked.get(4).json());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users/ada?namespace=NO, 400, namespace",
        "/api/v1/users/ada/sources/telepathy, 400, source",
        "/api/v1/users/ada/sources/unknown, 400, source",
        "/api/v1/memories/none, 404, memory_id",
        "/api/v1/interactions/none, 404, interaction_id"
    })
    void shouldSayWhatItTakes(String path, int status, String field) {
        var answer = delete(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/detail")).startsWith(field);
    }

    @Test
    void shouldHideTheLettersOfAForgottenUserAlsoThoseThatAreParkedOnceMore() {
        var other = new UserKey("default", "other-" + id);
        parkAll(user, 77_000);
        parkAll(other, 88_000);
        awaitLetters(user, 3);
        awaitLetters(other, 3);

        delete("/api/v1/users/" + user.userId());
        awaitLetters(user, 0);
        parkAll(user, 77_000);
        letters.park(utf8("mark/mark-" + id), POISON, Map.of(), streamsErrors("memory.interactions", 0, 99_999));

        awaitLetters(new UserKey("mark", "mark-" + id), 1);
        awaitLetters(user, 0);
        awaitLetters(other, 3);
    }

    @Test
    void shouldExportEverythingAndSayThatItIsAll() {
        var at = Instant.parse("2026-05-02T10:00:00Z");
        var written = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 1_100; n++) {
            written.add(interaction("i" + n, n % 2 == 0 ? "even" : "odd", at.plusSeconds(n / 3)));
        }
        written.add(episode("i1", at));
        written.add(episode("i2", at));
        service.bean(LongTermMemory.class).apply(written);
        service.bean(StatusBoard.class).apply(List.of(status("st" + id)));
        letters.park(utf8(user.toString()), POISON, Map.of(), streamsErrors("memory.interactions", 0, 3));
        awaitLetters(user, 1);

        var answer = service.get("/api/v1/users/" + user.userId() + "/export");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        var lines = answer.response().body().lines().map(JSON::readTree).toList();
        var counts = lines.stream()
                .collect(Collectors.groupingBy(line -> line.path("type").asString(), Collectors.counting()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "interaction",
                        1_100L,
                        "memory",
                        2L,
                        "session",
                        2L,
                        "status",
                        1L,
                        "dead_letter",
                        1L,
                        "end",
                        1L));
        assertThat(ids(lines, "interaction", "interaction_id")).doesNotHaveDuplicates();
        assertThat(lines.get(0).at("/messages/0/content").asString()).startsWith("said in");
        var end = lines.get(lines.size() - 1);
        assertThat(end.path("type").asString()).isEqualTo("end");
        assertThat(end.at("/counts/interaction").asInt()).isEqualTo(1_100);
        assertThat(service.get("/api/v1/users/" + user.userId() + "/export?as_of=2026-05-02T10:00:09.5Z")
                        .response()
                        .body()
                        .lines()
                        .map(JSON::readTree)
                        .reduce((one, next) -> next)
                        .orElseThrow()
                        .path("counts")
                        .toString())
                .isEqualTo("{\"interaction\":30,\"memory\":2}");
        assertThat(service.get("/api/v1/users/" + user.userId() + "/memories?as_of=2026-05-02T09:59:59Z")
                        .json()
                        .path("memories"))
                .isEmpty();
    }

    private static List<String> ids(List<JsonNode> lines, String type, String field) {
        return lines.stream()
                .filter(line -> line.path("type").asString().equals(type))
                .map(line -> line.path(field).asString())
                .toList();
    }

    private void parkAll(UserKey owner, long offset) {
        var key = utf8(owner.toString());
        letters.park(letters.letter("letter-" + owner.userId(), owner, letters.bytes(letters.task(owner, id)))
                .build());
        letters.park(key, POISON, Map.of(), streamsErrors("memory.interactions", 2, offset));
        letters.park(key, POISON, Map.of(), connectErrors("neo4j-sink", "memory.semantic", 2, offset));
    }

    private static void awaitLetters(UserKey owner, int count) {
        var path = "/api/v1/dead-letters?user_id=" + owner.userId() + "&namespace=" + owner.namespace();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        service.get(path).json().path("total").asInt(-1))
                .isEqualTo(count));
    }

    private static UserForgotten awaitErasure(String erasureId) {
        await().atMost(SOON)
                .until(() -> service.bean(Erasures.class).find(erasureId).isPresent());
        return service.bean(Erasures.class).find(erasureId).orElseThrow();
    }

    private static Service.Answer delete(String path, String... headers) {
        var request = service.request(path).DELETE();
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return service.send(request);
    }

    private Interaction interaction(String interactionId, String session, Instant at) {
        return Interaction.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(session)
                .setReceivedAt(at)
                .setOccurredAt(at)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(interactionId + ":0")
                        .setRole(Role.USER)
                        .setContent("said in " + interactionId)
                        .setSentAt(at)
                        .build()))
                .build();
    }

    private Episode episode(String interactionId, Instant at) {
        return Episode.newBuilder()
                .setMemoryId(UUID.randomUUID().toString())
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setSources(List.of(new SourceRef(interactionId, interactionId + ":0")))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSummary("a summary")
                .build();
    }

    private ReflectionStatus status(String interactionId) {
        var now = Instant.now();
        return ReflectionStatus.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setState(ReflectionState.COMPLETED)
                .setOccurredAt(now)
                .setReceivedAt(now)
                .setUpdatedAt(now)
                .setRevision(1)
                .build();
    }
}
