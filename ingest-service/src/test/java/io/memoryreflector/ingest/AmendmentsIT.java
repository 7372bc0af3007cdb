package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changing memories over HTTP, and mem0's shape of it, over real servers with encryption on; the sink's part is done here. */
@ExtendWith(SharedServers.class)
class AmendmentsIT {

    private static final String MASTER = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String MEM0 = "/compat/mem0";

    private static LocalStack stack;
    private static Service service;

    private final String id = UUID.randomUUID().toString();
    private final UserKey user = new UserKey("default", "ada-" + id);

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = Service.start(stack, Map.of("NEO4J_TIMEOUT", "30s", "REFLECTOR_MASTER_KEY", MASTER));
        service.bean(LongTermMemory.class).migrate();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void shouldReleaseWhatWasHeldAndHoldItAgain() {
        longTerm().apply(List.of(episode("Ada keeps a hedgehog", "looks like an order")));
        assertThat(recalled("hedgehog")).isEmpty();

        var released = service.post("/api/v1/memories/" + id + ":release?reason=harmless", "");

        assertThat(released.status()).as(released.response().body()).isEqualTo(202);
        assertThat(released.text("/status")).isEqualTo("releasing");
        assertThat(service.get(released.text("/links/memory")).text("/quarantine"))
                .isNotEmpty();
        var event = event(released.text("/amendment_id"));
        assertThat(event.getReleased()).isTrue();
        assertThat(event.getReason()).isEqualTo("harmless");
        assertThat(event.getText()).isNull();
        assertThat(event.getSource()).isEqualTo(Source.REST);
        assertThat(event.getSources()).extracting(SourceRef::getInteractionId).containsExactly("i1");
        longTerm().apply(List.of(event));
        assertThat(recalled("hedgehog")).containsExactly("Ada keeps a hedgehog");
        var shown = service.get("/api/v1/memories/" + id);
        assertThat(shown.json().has("quarantine")).isFalse();
        assertThat(shown.json().at("/history/changes/0/released").asBoolean()).isTrue();
        assertThat(shown.text("/history/changes/0/reason")).isEqualTo("harmless");

        var held = service.post("/api/v1/memories/" + id + ":hold", "");
        longTerm().apply(List.of(event(held.text("/amendment_id"))));
        assertThat(recalled("hedgehog")).isEmpty();

        assertThat(service.post("/api/v1/memories/nothing:release", "").status())
                .isEqualTo(404);
        assertThat(service.post("/api/v1/memories/" + id + ":release?reason=" + "x".repeat(1001), "")
                        .text("/errors/0/field"))
                .isEqualTo("reason");
    }

    @Test
    void shouldRewordSealedAndWithAVectorOfItsOwn() {
        longTerm().apply(List.of(episode("Ada keeps a hedgehog", null)));

        var answer = put("{\"text\": \"Ada looks after a tortoise\"}");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.text("/memory")).isEqualTo("Ada looks after a tortoise");
        var raw = records().stream()
                .filter(record -> record.key().endsWith(user.userId()))
                .toList();
        assertThat(raw).hasSize(1);
        assertThat(new String(raw.get(0).value(), StandardCharsets.ISO_8859_1)).doesNotContain("tortoise");
        var event = open(raw.get(0).value());
        assertThat(event.getEmbedding()).isNotNull();
        longTerm().apply(List.of(event));
        assertThat(recalled("tortoise")).containsExactly("Ada looks after a tortoise");
        assertThat(recalled("an animal with a shell")).as("by meaning").containsExactly("Ada looks after a tortoise");

        var history = service.get(MEM0 + "/v1/memories/" + id + "/history/").json();
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.at("/0/new_memory").asString()).isEqualTo("Ada keeps a hedgehog");
        assertThat(history.at("/1/old_memory").asString()).isEqualTo("Ada keeps a hedgehog");
        assertThat(history.at("/1/new_memory").asString()).isEqualTo("Ada looks after a tortoise");
        var found = service.post(
                MEM0 + "/search",
                "{\"query\": \"tortoise\", \"filters\": {\"AND\": [{\"user_id\": \"" + user.userId() + "\"}]}}");
        assertThat(found.text("/results/0/memory")).isEqualTo("Ada looks after a tortoise");
        assertThat(found.text("/results/0/updated_at")).isEqualTo(answer.text("/updated_at"));
        assertThat(service.get("/api/v1/users/" + user.userId() + "/export")
                        .response()
                        .body())
                .contains("\"type\":\"amendment\"", "tortoise");
    }

    @Test
    void shouldListPagesOfWhatHoldsAndIsNotHeldBack() {
        longTerm()
                .apply(List.of(
                        episode("one", null),
                        another("two", null, "s1"),
                        another("three", null, "s2"),
                        another("held", "why", "s1")));
        var first = service.get(MEM0 + "/memories?user_id=" + user.userId() + "&page_size=2");

        assertThat(first.status()).as(first.response().body()).isEqualTo(200);
        assertThat(first.json().path("count").asInt()).isEqualTo(3);
        assertThat(first.json().path("results").size()).isEqualTo(2);
        assertThat(first.json().path("previous").isNull()).isTrue();
        var second = service.get(first.text("/next"));
        assertThat(second.json().path("results").size()).isOne();
        assertThat(second.json().path("next").isNull()).isTrue();
        assertThat(service.get(second.text("/previous")).response().body())
                .isEqualTo(first.response().body());
        var filtered = service.post(
                MEM0 + "/v3/memories/?page=1&page_size=50",
                "{\"filters\": {\"user_id\": \"" + user.userId() + "\", \"run_id\": \"s2\"}}");
        assertThat(filtered.text("/results/0/memory")).isEqualTo("three");
        assertThat(filtered.text("/results/0/run_id")).isEqualTo("s2");
        assertThat(filtered.json().path("count").asInt()).isOne();
    }

    @Test
    void shouldSayWhatItDoesNotTake() {
        longTerm().apply(List.of(episode("one", null)));
        var u = "\"user_id\": \"u\"";
        for (var wrong : List.of(
                List.of("/search", "{\"query\": \"x\", \"filters\": {\"agent_id\": \"a\"}}", "filters.agent_id"),
                List.of("/search", "{\"query\": \"x\", " + u + ", \"agent_id\": \"a\"}", "agent_id"),
                List.of("/search", "{\"query\": \"x\", \"filters\": {\"OR\": []}}", "filters.OR"),
                List.of("/search", "{\"query\": \"x\", \"filters\": {\"AND\": [1]}}", "filters.AND"),
                List.of("/search", "{\"query\": \"x\", \"filters\": {\"user_id\": {\"in\": []}}}", "filters.user_id"),
                List.of(
                        "/search",
                        "{\"query\": \"x\", " + u + ", \"filters\": {\"user_id\": \"v\"}}",
                        "filters.user_id"),
                List.of("/search", "{\"query\": \"x\"}", "user_id"),
                List.of("/search", "{\"query\": \"x\", " + u + ", \"top_k\": 101}", "top_k"),
                List.of("/search", "{" + u + "}", "query"),
                List.of("/v3/memories", "{" + u + ", \"categories\": [\"a\"]}", "categories"),
                List.of("/memories", "{" + u + "}", "messages"),
                List.of(
                        "/memories",
                        "{" + u + ", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"infer\": false}",
                        "infer"),
                List.of(
                        "/memories",
                        "{" + u + ", \"messages\": [{\"role\": \"user\", \"content\": {\"type\": \"image_url\"}}]}",
                        "messages[0].content"),
                List.of(
                        "/memories",
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}], \"timestamp\": -99999999999}",
                        "timestamp"),
                List.of("/memories", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}", "user_id"))) {
            var answer = service.post(MEM0 + wrong.get(0), wrong.get(1));
            assertThat(answer.status()).as(wrong + answer.response().body()).isIn(400, 422);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text("/errors/0/field")).as(wrong.toString()).isEqualTo(wrong.get(2));
            assertThat(answer.text("/detail")).isNotEmpty();
        }
        assertThat(put("{\"text\": \"x\", \"metadata\": {}}").text("/errors/0/field"))
                .isEqualTo("metadata");
        assertThat(put("{\"text\": \"\\ud800\"}").text("/errors/0/field")).isEqualTo("text");
        assertThat(service.post(MEM0 + "/search", "{\"query\": \"x\", \"filters\": {\"\\ud800\": 1}}")
                        .status())
                .isEqualTo(400);
        assertThat(put("{\"text\": \" \"}").text("/errors/0/field")).isEqualTo("text");
        assertThat(put("{\"text\": \"" + "x".repeat(16 * 1024 + 1) + "\"}").status())
                .isEqualTo(422);
        assertThat(delete("/v1/memories/?user_id=u&agent_id=a").text("/errors/0/field"))
                .isEqualTo("agent_id");
        assertThat(delete("/v1/memories/").text("/errors/0/field")).isEqualTo("user_id");
        assertThat(delete("/v1/memories/" + id + "/?delete_linked=true").text("/errors/0/field"))
                .isEqualTo("delete_linked");
        assertThat(service.get(MEM0 + "/v1/memories/nothing/").status()).isEqualTo(404);
    }

    @Test
    void shouldTakeWhatIsSaidAndTellWhatBecameOfIt() {
        var added = service.post(
                MEM0 + "/v3/memories/add/",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\", \"name\": \"Ada\"}], \"user_id\": \""
                        + user.userId()
                        + "\", \"run_id\": \"s1\", \"agent_id\": \"guide\", \"metadata\": {\"a\": 1}, \"timestamp\": 1700000000}");

        assertThat(added.status()).as(added.response().body()).isEqualTo(202);
        var event = service.get(MEM0 + "/v1/event/" + added.text("/event_id") + "/");
        assertThat(event.text("/status")).isEqualTo("PENDING");
        var status = service.get("/api/v1/interactions/" + added.text("/event_id"));
        assertThat(status.text("/user_id")).isEqualTo(user.userId());
        var gone = delete("/v1/memories/?user_id=" + user.userId());
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.text("/message")).isNotEmpty();
    }

    private static LongTermMemory longTerm() {
        return service.bean(LongTermMemory.class);
    }

    private List<String> recalled(String query) {
        var answer = service.get("/api/v1/users/" + user.userId() + "/recall?query=" + query.replace(" ", "%20"));
        var texts = new ArrayList<String>();
        answer.json().path("items").forEach(item -> texts.add(item.path("text").asString()));
        return texts;
    }

    private Service.Answer put(String body) {
        return service.send(service.request(MEM0 + "/v1/memories/" + id + "/")
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Service.Answer delete(String path) {
        return service.send(service.request(MEM0 + path).DELETE());
    }

    private MemoryAmended event(String amendmentId) {
        return records().stream()
                .map(record -> open(record.value()))
                .filter(event -> event.getAmendmentId().equals(amendmentId))
                .findFirst()
                .orElseThrow();
    }

    private static MemoryAmended open(byte[] bytes) {
        return service.bean(EventSerdes.class)
                .<MemoryAmended>deserializer()
                .deserialize(Topics.AMENDMENTS.name(), bytes);
    }

    private static List<ConsumerRecord<String, byte[]>> records() {
        var config = Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.AMENDMENTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    private Episode another(String summary, String quarantine, String session) {
        var episode = episode(summary, quarantine);
        episode.setMemoryId(UUID.randomUUID().toString());
        episode.setSessionId(session);
        return episode;
    }

    private Episode episode(String summary, String quarantine) {
        var at = Instant.parse("2026-05-02T10:00:00Z");
        return Episode.newBuilder()
                .setMemoryId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setSources(List.of(new SourceRef("i1", "i1:0")))
                .setReflector(new ReflectorVersion("test", "1", null))
                .setSource(Source.REST)
                .setSummary(summary)
                .setQuarantine(quarantine)
                .build();
    }
}
