package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of old over real servers; the test tells the stores what the reflector and the sinks would. */
@ExtendWith(SharedServers.class)
class SeedsIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static LocalStack stack;
    private static Service service;
    private static TopicReader log;

    /** A namespace of its own for each test. */
    private final String name = "vs-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = SharedServers.service();
        log = TopicReader.fromNow(stack);
    }

    @AfterAll
    static void stop() {
        log.close();
    }

    @Test
    void shouldTakeATranscriptAsItsInteractions() {
        var answer = storeRaw("""
                [2026-05-02 10:00] User: I moved to Lisbon.
                It is warm.
                [2026-05-02 10:01] Assistant: How is it?
                User: Loud.""", "s1", Map.of("user_id", "ada", "channel", "web"));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.json().path("interactions").asInt()).isEqualTo(2);
        assertThat(answer.text("/session_id")).isEqualTo("s1");
        var taken = taken("ada");
        assertThat(taken).extracting(Interaction::getSessionId).containsOnly("s1");
        assertThat(taken).extracting(Interaction::getMetadata).containsOnly(Map.of("channel", "web"));
        assertThat(taken.get(0).getMessages())
                .extracting(message -> message.getRole() + " " + message.getContent() + " " + message.getSentAt())
                .containsExactly(
                        "USER I moved to Lisbon.\nIt is warm. 2026-05-02T10:00:00Z",
                        "ASSISTANT How is it? 2026-05-02T10:01:00Z");
        assertThat(taken.get(1).getOccurredAt()).isEqualTo(Instant.parse("2026-05-02T10:01:00.001Z"));
    }

    @Test
    void shouldTakeAnHoursTalkAtOnceAndTheSameTalkOnce() {
        var talk = "User: something that was said\nAssistant: and answered\n".repeat(30_000);
        var first = storeRaw(talk, null, Map.of(), "Idempotency-Key", "k");
        var again = storeRaw(talk, null, Map.of(), "Idempotency-Key", "k");

        assertThat(first.status()).as(first.response().body()).isEqualTo(202);
        assertThat(first.json().path("interactions").asInt()).isEqualTo(30_000);
        assertThat(again.text("/raw_memory_id")).isEqualTo(first.text("/raw_memory_id"));
        var id = first.text("/raw_memory_id");
        assertThat(id).isEqualTo(first.text("/session_id"));
        var status = get("/processing_status?raw_memory_id=" + id);
        assertThat(status.text("/status")).isEqualTo("processing");
        assertThat(status.json().path("pending").asInt()).isEqualTo(30_000);
        assertThat(get("/stats").json().at("/interactions/received").asInt()).isEqualTo(30_000);
    }

    @Test
    void shouldTellHowFarItIs() {
        var stored = storeRaw("User: one\nAssistant: two\nUser: three", "s1", Map.of());
        var id = stored.text("/raw_memory_id");
        assertThat(get("/processing_status").text("/status")).isEqualTo("processing");

        var interactions = taken(name);
        reflect(interactions.get(0), ReflectionState.COMPLETED);
        var half = get("/processing_status?raw_memory_id=" + id).json();
        assertThat(half.path("pending").asInt()).isOne();
        assertThat(half.path("completed").asInt()).isOne();
        assertThat(half.path("queue_position").asInt()).isPositive();
        assertThat(half.path("estimated_processing_time").asDouble()).isPositive();
        reflect(interactions.get(1), ReflectionState.FAILED);

        var done = get("/processing_status").json();
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.path("success_rate").asDouble()).isEqualTo(0.5);
        var stats = get("/stats").json();
        assertThat(stats.at("/interactions/failed").asInt()).isOne();
        assertThat(stats.path("total_memories").asInt()).isOne();
        assertThat(stats.at("/memories_by_tier/episodic").asInt()).isOne();
        assertThat(stats.at("/memories_by_source/rest").asInt()).isOne();
        assertThat(stats.path("memories_by_day").size()).isOne();
        assertThat(stats.at("/queue_times/count").asInt()).isEqualTo(2);
        assertThat(stats.at("/queue_times/median").asDouble()).isPositive();
    }

    @Test
    void shouldShowTheTree() {
        storeRaw("2026-05-01 10:00 Ada: I moved to Lisbon.", "s1", Map.of());
        storeRaw("2026-05-03 10:00 Ada: I moved on.", "s2", Map.of("user_id", "ada"));
        for (var user : List.of(name, "ada")) {
            taken(user).forEach(interaction -> reflect(interaction, ReflectionState.COMPLETED));
        }

        var tree = get("/hierarchy").json();

        assertThat(tree.at("/hierarchy/0/session_id").asString()).isEqualTo("s2");
        assertThat(tree.at("/hierarchy/0/user_id").asString()).isEqualTo("ada");
        var first = tree.at("/hierarchy/1");
        assertThat(first.at("/raw_memories/0/messages/0/author").asString()).isEqualTo("Ada");
        assertThat(first.at("/raw_memories/0/messages/0/content").asString()).isEqualTo("I moved to Lisbon.");
        assertThat(first.at("/discrete_memories/0/raw_memory_ids/0").asString())
                .isEqualTo(first.at("/raw_memories/0/raw_memory_id").asString());
        assertThat(sizes("/hierarchy?memory_type=raw")).isEqualTo("1+0 1+0");
        assertThat(sizes("/hierarchy?memory_type=discrete")).isEqualTo("0+1 0+1");
        assertThat(sizes("/hierarchy?end_date=2026-05-01")).isEqualTo("1+1");
        assertThat(sizes("/hierarchy?start_date=2026-05-02T00:00:00Z")).isEqualTo("1+1");
        assertThat(sizes("/hierarchy?session_id=s1")).isEqualTo("1+1");
        assertThat(sizes("/session/s2")).isEqualTo("1+1");
        assertThat(get("/hierarchy?limit=1").json().path("truncated").asBoolean())
                .isTrue();
        assertThat(tree.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void shouldShowASessionInShortAboveItsMemories() {
        storeRaw("2026-05-01 10:00 Ada: I moved to Lisbon.", "s1", Map.of());
        taken(name).forEach(interaction -> reflect(interaction, ReflectionState.COMPLETED));
        var memoryId = get("/hierarchy")
                .json()
                .at("/hierarchy/0/discrete_memories/0/memory_id")
                .asString();
        var at = Instant.parse("2026-05-01T10:00:00Z");
        service.bean(LongTermMemory.class)
                .apply(List.of(SessionSummary.newBuilder()
                        .setMemoryId(UUID.randomUUID().toString())
                        .setNamespace(name)
                        .setUserId(name)
                        .setSessionId("s1")
                        .setOccurredAt(at)
                        .setRecordedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                        .setSources(List.of())
                        .setReflector(new ReflectorVersion("test", "1", null))
                        .setSummary("Ada moved.")
                        .setStartedAt(at)
                        .setEndedAt(at)
                        .setInteractionCount(1)
                        .setMemoryIds(List.of(memoryId))
                        .setRevision(1)
                        .build()));

        var session = get("/hierarchy").json().at("/hierarchy/0");

        assertThat(session.at("/summary/content").asString()).isEqualTo("Ada moved.");
        assertThat(session.at("/summary/discrete_memory_ids/0").asString()).isEqualTo(memoryId);
        assertThat(session.at("/raw_memories/0/messages/0/content").asString()).isEqualTo("I moved to Lisbon.");
        var inShort = get("/hierarchy?memory_type=summary").json().at("/hierarchy/0");
        assertThat(inShort.at("/summary/revision").asInt()).isOne();
        assertThat(inShort.path("raw_memories")).isEmpty();
    }

    @Test
    void shouldRemoveTheWordsOfWhatIsOldAndReflected() {
        storeRaw("2026-05-01 10:00 Ada: I moved to Lisbon.", "s1", Map.of());
        storeRaw("2026-05-01 11:00 Ada: I came just now.", "s2", Map.of());
        for (var interaction : taken(name)) {
            var days = interaction.getSessionId().equals("s1") ? 2 : 0;
            reflect(
                    Interaction.newBuilder(interaction)
                            .setReceivedAt(interaction.getReceivedAt().minus(days, ChronoUnit.DAYS))
                            .build(),
                    ReflectionState.COMPLETED);
        }

        // Another cleanup may be under way, or have been when its service was stopped.
        var answer = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> service.post("/api/memory/" + name + "/cleanup?retention_days=1", ""),
                        cleaned -> cleaned.status() != 409);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
        assertThat(answer.json().path("cleaned_raw_memories").asInt()).isOne();
        var words = get("/hierarchy?session_id=s1").json().at("/hierarchy/0/raw_memories/0");
        assertThat(words.at("/messages/0/content").asString()).isEmpty();
        assertThat(get("/hierarchy?session_id=s1")
                        .json()
                        .at("/hierarchy/0/discrete_memories/0/content")
                        .asString())
                .isEqualTo("a memory");
        assertThat(get("/hierarchy?session_id=s2")
                        .json()
                        .at("/hierarchy/0/raw_memories/0/messages/0/content")
                        .asString())
                .isEqualTo("I came just now.");
        assertThat(service.post("/api/memory/" + name + "/cleanup?retention_days=0", "")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/hierarchy?memory_type=magic, 400, memory_type",
        "/hierarchy?limit=0, 400, limit",
        "/hierarchy?start_date=yesterday, 400, start_date",
        "/processing_status?raw_memory_id=x, 400, raw_memory_id",
        "/processing_status?raw_memory_id=raw_00000000-0000-0000-0000-000000000000_3, 404, raw_memory_id",
        "/session/none, 404, session_id"
    })
    void shouldSayWhatItTakes(String path, int status, String field) {
        var answer = get(path);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.text("/detail")).startsWith(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"session_data\": \" \"} | session_data",
                "{} | session_data",
                "{\"session_data\": \"hello\", \"metadata\": {\"user_id\": 7}} | metadata.user_id"
            })
    void shouldRefuseWhatIsNoTranscript(String body, String field) {
        var answer = service.post("/api/memory/" + name + "/store_raw", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).startsWith(field);
    }

    @Test
    void shouldSayThatNobodyReflects() {
        assertThat(service.get("/api/reflection/health").text("/status")).isEqualTo("unhealthy");
        var queue = service.get("/api/reflection/queue-status").json();
        assertThat(queue.path("queue_consumers").asInt()).isZero();
        assertThat(queue.path("is_consuming").asBoolean()).isFalse();
        var stats = service.get("/api/reflection/stats").json();
        assertThat(stats.path("runtime_seconds").asDouble()).isPositive();
        assertThat(stats.has("processing_rate_per_second")).isTrue();
    }

    /** Each session's raw and discrete memories. */
    private String sizes(String path) {
        var sizes = new StringBuilder();
        get(path).json().path("hierarchy").forEach(session -> sizes.append(' ')
                .append(session.path("raw_memories").size())
                .append('+')
                .append(session.path("discrete_memories").size()));
        return sizes.toString().strip();
    }

    private Service.Answer get(String path) {
        return service.get("/api/memory/" + name + path);
    }

    private Service.Answer storeRaw(String text, String session, Map<String, Object> metadata, String... headers) {
        var body = JSON.createObjectNode().put("session_data", text).put("session_id", session);
        body.set("metadata", JSON.valueToTree(metadata));
        return service.post("/api/memory/" + name + "/store_raw", body.toString(), headers);
    }

    /** What the log has of a user of this test's namespace. */
    private List<Interaction> taken(String user) {
        var key = new UserKey(name, user).toString();
        return log.interactions().stream()
                .filter(record -> record.key().equals(key))
                .map(ConsumerRecord::value)
                .toList();
    }

    private void reflect(Interaction interaction, ReflectionState state) {
        var memories = service.bean(LongTermMemory.class);
        var episode = Episode.newBuilder()
                .setMemoryId(UUID.randomUUID().toString())
                .setNamespace(interaction.getNamespace())
                .setUserId(interaction.getUserId())
                .setSessionId(interaction.getSessionId())
                .setOccurredAt(interaction.getOccurredAt())
                .setRecordedAt(interaction.getReceivedAt())
                .setSource(interaction.getSource())
                .setSources(List.of(new SourceRef(
                        interaction.getInteractionId(),
                        interaction.getMessages().get(0).getMessageId())))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSummary("a memory")
                .build();
        var made = state == ReflectionState.COMPLETED ? List.of(episode) : List.<Episode>of();
        memories.apply(List.of(interaction));
        memories.apply(made);
        service.bean(StatusBoard.class)
                .apply(List.of(ReflectionStatus.newBuilder()
                        .setInteractionId(interaction.getInteractionId())
                        .setNamespace(interaction.getNamespace())
                        .setUserId(interaction.getUserId())
                        .setSessionId(interaction.getSessionId())
                        .setState(state)
                        .setOccurredAt(interaction.getOccurredAt())
                        .setReceivedAt(interaction.getReceivedAt())
                        .setUpdatedAt(Instant.now().plusMillis(1))
                        .setRevision(1)
                        .setTiers(List.of(TierStatus.newBuilder()
                                .setTier(Tier.EPISODIC)
                                .setState(state)
                                .setMemoryIds(
                                        made.stream().map(Episode::getMemoryId).toList())
                                .setUpdatedAt(Instant.now())
                                .build()))
                        .build()));
    }
}
