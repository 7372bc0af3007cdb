package io.memoryreflector.ingest;

import static io.memoryreflector.ingest.DeadLetterTopic.POISON;
import static io.memoryreflector.ingest.DeadLetterTopic.connectErrors;
import static io.memoryreflector.ingest.DeadLetterTopic.streamsErrors;
import static io.memoryreflector.ingest.DeadLetterTopic.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Header;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Dead letters over real servers: all three kinds, seen, sent again and put aside. */
@ExtendWith(SharedServers.class)
class DeadLettersIT {

    private static LocalStack stack;
    private static Service service;
    private static DeadLetterTopic topic;

    private final String id = UUID.randomUUID().toString();
    private final UserKey user = new UserKey("admin-test", "user / " + id);

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = SharedServers.service();
        topic = new DeadLetterTopic(stack);
    }

    @AfterAll
    static void stop() {
        if (topic != null) {
            topic.close();
        }
    }

    @Test
    void shouldShowLettersOfLanesOfStreamsAndOfSinksAsOneView() {
        var key = utf8(user.toString());
        topic.park(topic.letter(id, user, topic.bytes(topic.task(user, id))).build());
        topic.park(key, POISON, Map.of(), streamsErrors("memory.interactions", 2, 7));
        topic.park(key, POISON, Map.of(), connectErrors("neo4j-sink", "memory.semantic", 2, 8));
        topic.park(key, POISON, Map.of(), connectErrors("redis-sink", "memory.semantic", 2, 8));

        var letters = awaitLetters("", 4);

        assertThat(letters)
                .extracting(letter -> letter.path("component").asString())
                .containsExactly("redis-sink", "neo4j-sink", "streams-reflector", "streams-reflector");
        assertThat(letters).extracting(letter -> letter.path("id").asString()).doesNotHaveDuplicates();
        var lane = letters.get(3);
        assertThat(lane.path("id").asString()).isEqualTo(id);
        assertThat(lane.path("state").asString()).isEqualTo("parked");
        assertThat(lane.path("source_topic").asString()).isEqualTo("reflector.tasks.semantic");
        assertThat(lane.path("source_partition").asInt()).isEqualTo(3);
        assertThat(lane.path("source_offset").asLong()).isEqualTo(42);
        assertThat(lane.path("tier").asString()).isEqualTo("semantic");
        assertThat(lane.path("namespace").asString()).isEqualTo(user.namespace());
        assertThat(lane.path("user_id").asString()).isEqualTo(user.userId());
        assertThat(lane.path("interaction_id").asString()).isEqualTo("i-" + id);
        assertThat(lane.path("reason").asString()).isEqualTo("exhausted");
        assertThat(lane.path("error_class").asString()).isEqualTo("ProviderException");
        assertThat(lane.path("attempts").asInt()).isEqualTo(4);
        assertThat(lane.path("first_failure_at").asString()).isEqualTo("2026-05-02T10:00:00Z");
        assertThat(lane.path("last_failure_at").asString()).isEqualTo("2026-05-02T10:00:09Z");
        assertThat(lane.path("times_parked").asInt()).isOne();
        var poison = letters.get(2);
        assertThat(poison.path("id").asString())
                .isEqualTo(Ids.nameBased("dead-letter", "memory.interactions", "2", "7"));
        assertThat(poison.path("reason").asString()).isEqualTo("poison");
        assertThat(poison.path("message").asString()).isEqualTo("Unknown magic byte");
        assertThat(poison.path("tier").isMissingNode()).isTrue();
        assertThat(letters.get(1).path("reason").asString()).isEqualTo("refused");
        assertThat(letters.get(1).path("tier").asString()).isEqualTo("semantic");
        assertThat(letters.get(1).path("error_class").asString()).endsWith("DataException");
    }

    @ParameterizedTest
    @CsvSource({
        "tier=semantic, 2",
        "tier=episodic, 0",
        "error=ANSWERED, 1",
        "error=dataexception, 1",
        "topic=memory.semantic, 1",
        "state=replayed, 0",
        "namespace=admin-test, 3",
        "namespace=another, 0",
        "from=2020-01-01T00:00:00Z, 3",
        "from=2999-01-01T00:00:00Z, 0",
        "to=2020-01-01T00:00:00Z, 0"
    })
    void shouldFilter(String query, int expected) {
        topic.park(topic.letter(id, user, POISON).build());
        topic.park(utf8(user.toString()), POISON, Map.of(), streamsErrors("memory.interactions", 0, 1));
        topic.park(utf8(user.toString()), POISON, Map.of(), connectErrors("neo4j-sink", "memory.semantic", 0, 1));
        awaitLetters("", 3);

        assertThat(list(query).json().path("total").asInt()).isEqualTo(expected);
    }

    @Test
    void shouldPageWithoutGapsOrRepeats() {
        for (var n = 0; n < 25; n++) {
            topic.park(topic.letter(id + n, user, POISON).build());
        }
        awaitLetters("", 25);

        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = list("limit=10" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            assertThat(page.path("total").asInt()).isEqualTo(25);
            page.path("dead_letters")
                    .forEach(letter -> seen.add(letter.path("id").asString()));
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(seen.get(0)).isEqualTo(id + 24);
        assertThat(seen.get(24)).isEqualTo(id + 0);
    }

    @Test
    void shouldShowAWholeLetterWithItsValueDecoded() {
        var history = new ErrorInfo("permanent", "Earlier", "failed before", DeadLetterTopic.FAILED_AT);
        var value = topic.bytes(topic.task(user, id));
        topic.park(topic.letter(
                        id,
                        user,
                        value,
                        new Header("traceparent", ByteBuffer.wrap(utf8("00-a-b-01"))),
                        new Header("raw", ByteBuffer.wrap(POISON)),
                        new Header("empty", null))
                .setHistory(List.of(history))
                .build());
        awaitLetters("", 1);

        var letter = service.get("/api/v1/dead-letters/" + id).json();

        assertThat(letter.path("id").asString()).isEqualTo(id);
        assertThat(letter.path("user_id").asString()).isEqualTo(user.userId());
        assertThat(letter.at("/key/text").asString()).isEqualTo(user.toString());
        assertThat(letter.at("/value/base64").asString()).isEqualTo(base64(value));
        assertThat(letter.at("/value/size").asInt()).isEqualTo(value.length);
        assertThat(letter.at("/value/decode_error").isMissingNode()).isTrue();
        assertThat(letter.at("/value/decoded/interaction_id").asString()).isEqualTo(id);
        assertThat(letter.at("/value/decoded/session_id").isNull()).isTrue();
        assertThat(letter.at("/value/decoded/tier").asString()).isEqualTo("SEMANTIC");
        assertThat(letter.at("/value/decoded/occurred_at").asString()).isEqualTo("2026-05-02T10:00:00Z");
        assertThat(letter.at("/value/decoded/messages/0/content").asString()).isEqualTo("I moved to Lisbon");
        assertThat(letter.at("/headers/0/text").asString()).isEqualTo("00-a-b-01");
        assertThat(letter.at("/headers/1/text").isMissingNode()).isTrue();
        assertThat(letter.at("/headers/1/base64").asString()).isEqualTo(base64(POISON));
        assertThat(letter.at("/headers/2/base64").isMissingNode()).isTrue();
        assertThat(letter.path("stack_trace").asString()).contains("at somewhere");
        assertThat(letter.at("/history/0/message").asString()).isEqualTo("failed before");
        assertThat(letter.path("actions").size()).isZero();
    }

    @Test
    void shouldSayWhyPoisonCannotBeDecodedAndShowItAllTheSame() {
        topic.park(null, POISON, Map.of("own", utf8("kept")), streamsErrors("memory.interactions", 1, offset()));
        var letterId = Ids.nameBased("dead-letter", "memory.interactions", "1", Long.toString(offset()));

        var letter = awaitLetter(letterId);

        assertThat(letter.path("key").isMissingNode()).isTrue();
        assertThat(letter.path("user_id").isMissingNode()).isTrue();
        assertThat(letter.at("/value/decoded").isMissingNode()).isTrue();
        assertThat(letter.at("/value/decode_error").asString()).contains("byte 0");
        assertThat(letter.at("/value/base64").asString()).isEqualTo(base64(POISON));
        assertThat(letter.path("headers").size()).isOne();
        assertThat(letter.at("/headers/0/key").asString()).isEqualTo("own");
        assertThat(letter.path("stack_trace").asString()).contains("at streams");
    }

    @Test
    void shouldNotFallForALengthThatIsLongerThanThePoison() {
        var schemaId = ByteBuffer.wrap(topic.bytes(topic.task(user, id))).getInt(1);
        var endless = ByteBuffer.allocate(15)
                .put((byte) 0)
                .putInt(schemaId)
                .put(new byte[] {(byte) 0xd0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f})
                .array();
        topic.park(null, endless, Map.of(), streamsErrors("reflector.tasks.semantic", 1, offset()));
        var letterId = Ids.nameBased("dead-letter", "reflector.tasks.semantic", "1", Long.toString(offset()));

        assertThat(awaitLetter(letterId).at("/value/decode_error").asString()).contains("does not fit the schema");
    }

    @Test
    void shouldDecodeAValueThoughItsSchemaHasMovedOn() throws IOException {
        var subject = "evolved-" + id + "-value";
        var first = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Note\",\"fields\":[{\"name\":\"text\",\"type\":\"string\"},"
                        + "{\"name\":\"gone\",\"type\":[\"null\",\"bytes\"],\"default\":null}]}");
        var second = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Note\",\"fields\":[{\"name\":\"text\",\"type\":\"string\"},"
                        + "{\"name\":\"added\",\"type\":\"string\",\"default\":\"\"}]}");
        var schemaId = register(subject, first);
        var value = new ByteArrayOutputStream();
        value.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(value, null);
        new GenericDatumWriter<>(first)
                .write(
                        new GenericRecordBuilder(first)
                                .set("text", "hello")
                                .set("gone", ByteBuffer.wrap(POISON))
                                .build(),
                        encoder);
        assertThat(register(subject, second)).isNotEqualTo(schemaId);
        topic.park(topic.letter(id, user, value.toByteArray()).build());

        var letter = awaitLetter(id);

        assertThat(letter.at("/value/decoded/text").asString()).isEqualTo("hello");
        assertThat(letter.at("/value/decoded/gone").asString()).isEqualTo(base64(POISON));
        assertThat(letter.at("/value/decoded/added").isMissingNode()).isTrue();
    }

    @Test
    void shouldReplayALanesLetterByteForByte() {
        var value = topic.bytes(topic.task(user, id));
        topic.park(topic.letter(
                        id,
                        user,
                        value,
                        new Header("traceparent", ByteBuffer.wrap(utf8("00-a-b-01"))),
                        new Header("raw", ByteBuffer.wrap(POISON)),
                        new Header("raw", ByteBuffer.wrap(utf8("twice"))),
                        new Header("empty", null))
                .build());
        awaitLetters("", 1);
        var ends = topic.ends("reflector.tasks.semantic");

        var answer = service.post("/api/v1/dead-letters/" + id + ":replay", "{\"reason\": \"provider is back\"}");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("/state")).isEqualTo("done");
        assertThat(answer.json().path("sent").asInt()).isOne();
        // At once, without waiting for the index to read it back.
        assertThat(list("").json().path("total").asInt()).isZero();
        assertThat(list("state=replayed").text("/dead_letters/0/id")).isEqualTo(id);
        var replayed = topic.since(ends);
        assertThat(replayed).hasSize(1);
        assertThat(replayed.get(0).partition()).isEqualTo(3);
        assertThat(replayed.get(0).key()).isEqualTo(utf8(user.toString()));
        assertThat(replayed.get(0).value()).isEqualTo(value);
        assertThat(headers(replayed.get(0)))
                .containsExactly(
                        "traceparent=" + base64(utf8("00-a-b-01")),
                        "raw=" + base64(POISON),
                        "raw=" + base64(utf8("twice")),
                        "empty=null",
                        HeaderNames.REPLAY_JOB + "=" + base64(utf8(answer.text("/job_id"))),
                        HeaderNames.DEAD_LETTER_ID + "=" + base64(utf8(id)),
                        HeaderNames.ATTEMPTS_BEFORE + "=" + base64(utf8("3")));
        var letter = service.get("/api/v1/dead-letters/" + id).json();
        assertThat(letter.path("state").asString()).isEqualTo("replayed");
        assertThat(letter.at("/actions/0/action").asString()).isEqualTo("replayed");
        assertThat(letter.at("/actions/0/job_id").asString()).isEqualTo(answer.text("/job_id"));
        assertThat(letter.at("/actions/0/reason").asString()).isEqualTo("provider is back");
        var job = service.get(answer.text("/links/job"));
        assertThat(job.text("/state")).isEqualTo("done");
        assertThat(job.text("/ended_at")).isNotEmpty();
    }

    @Test
    void shouldReplayPoisonAndWhatASinkRefusedWithoutTheErrorHeaders() {
        var offset = offset();
        var own = Map.of("own", utf8("kept"));
        topic.park(null, POISON, own, streamsErrors("memory.interactions", 1, offset));
        topic.park(utf8("k"), POISON, own, connectErrors("neo4j-sink", "memory.semantic", 2, offset));
        var poisonId = Ids.nameBased("dead-letter", "memory.interactions", "1", Long.toString(offset));
        var sourceId = Ids.nameBased("dead-letter", "memory.semantic", "2", Long.toString(offset));
        var refusedId = Ids.nameBased("dead-letter", sourceId, "neo4j-sink");
        awaitLetter(poisonId);
        awaitLetter(refusedId);
        var interactions = topic.ends("memory.interactions");
        var facts = topic.ends("memory.semantic");

        assertThat(service.post("/api/v1/dead-letters/" + poisonId + ":replay", "")
                        .status())
                .isEqualTo(202);
        assertThat(service.post("/api/v1/dead-letters/" + refusedId + ":replay", "{}")
                        .status())
                .isEqualTo(202);

        var poison = topic.since(interactions);
        assertThat(poison).hasSize(1);
        assertThat(poison.get(0).partition()).isEqualTo(1);
        assertThat(poison.get(0).key()).isNull();
        assertThat(poison.get(0).value()).isEqualTo(POISON);
        assertThat(headers(poison.get(0)))
                .contains("own=" + base64(utf8("kept")), HeaderNames.DEAD_LETTER_ID + "=" + base64(utf8(poisonId)))
                .contains(HeaderNames.INTERACTION_ID + "="
                        + base64(utf8(Ids.interaction("memory.interactions", 1, offset))))
                .hasSize(4);
        var fact = topic.since(facts);
        assertThat(fact).hasSize(1);
        assertThat(fact.get(0).partition()).isEqualTo(2);
        assertThat(fact.get(0).value()).isEqualTo(POISON);
        assertThat(headers(fact.get(0)))
                .contains(HeaderNames.DEAD_LETTER_ID + "=" + base64(utf8(sourceId)))
                .hasSize(3);

        // The sink refuses it again: another offset, the same letter.
        var again = Map.of("own", utf8("kept"), HeaderNames.DEAD_LETTER_ID, utf8(sourceId));
        topic.park(utf8("k"), POISON, again, connectErrors("neo4j-sink", "memory.semantic", 2, offset + 1));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var letter = service.get("/api/v1/dead-letters/" + refusedId).json();
            assertThat(letter.path("times_parked").asInt()).isEqualTo(2);
            assertThat(letter.path("state").asString()).isEqualTo("parked");
            assertThat(letter.at("/history/0/message").asString()).isEqualTo("The store refused it");
        });
    }

    @Test
    void shouldPassOverALetterThatWasReplayedUntilItComesBack() {
        var letter = topic.letter(id, user, topic.bytes(topic.task(user, id)));
        topic.park(letter.build());
        awaitLetters("", 1);
        var ends = topic.ends("reflector.tasks.semantic");

        replay(id);
        var second = service.post("/api/v1/dead-letters/" + id + ":replay", "{}");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("sent").asInt()).isZero();
        assertThat(second.json().path("skipped").asInt()).isOne();
        assertThat(topic.since(ends)).hasSize(1);

        topic.park(letter.setHistory(List.of(letter.getLastFailure())).build());
        var back = awaitLetters("", 1).get(0);
        assertThat(back.path("times_parked").asInt()).isEqualTo(2);
        assertThat(replay(id).json().path("sent").asInt()).isOne();
        assertThat(topic.since(ends)).hasSize(2);
        assertThat(service.get("/api/v1/dead-letters/" + id)
                        .json()
                        .path("actions")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void shouldReplayWhatWasReplayedWhereTheFilterSaysSo() {
        topic.park(topic.letter(id, user, topic.bytes(topic.task(user, id))).build());
        awaitLetters("", 1);
        replay(id);
        var ends = topic.ends("reflector.tasks.semantic");

        assertThat(finished(replayAll("", "\"dry_run\": false")).path("matched").asInt())
                .isZero();
        assertThat(finished(replayAll(", \"state\": \"replayed\"", "\"dry_run\": false"))
                        .path("sent")
                        .asInt())
                .isOne();

        assertThat(topic.since(ends)).hasSize(1);
    }

    @Test
    void shouldOnlyCountInADryRunWhichIsTheDefault() {
        for (var n = 0; n < 12; n++) {
            topic.park(topic.letter(id + n, user, topic.bytes(topic.task(user, id)))
                    .build());
        }
        awaitLetters("", 12);
        var ends = topic.ends("reflector.tasks.semantic");

        var answer = service.post("/api/v1/dead-letters:replay", "{\"filter\": " + filter("") + ", \"limit\": 11}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("dry_run").asBoolean()).isTrue();
        assertThat(answer.json().path("matched").asInt()).isEqualTo(11);
        assertThat(answer.json().path("beyond_limit").asInt()).isOne();
        assertThat(answer.json().path("sample").size()).isEqualTo(10);
        assertThat(answer.text("/sample/0/id")).isEqualTo(id + 0);
        assertThat(topic.since(ends)).isEmpty();
        assertThat(list("").json().path("total").asInt()).isEqualTo(12);
    }

    @Test
    void shouldReplayAPatchedValueByTheSchemaThatWroteIt() {
        var value = topic.bytes(topic.task(user, id));
        topic.park(topic.letter(id, user, value).build());
        awaitLetters("", 1);
        var ends = topic.ends("reflector.tasks.semantic");
        var replay = "/api/v1/dead-letters/" + id + ":replay";

        var wrong = service.post(replay, "{\"patch\": {\"messages\": [{\"content\": 7}]}}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text("/errors/0/field")).isEqualTo("patch.messages[0].content");
        var unknown = service.post(replay, "{\"patch\": {\"no_such\": 7}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("/errors/0/field")).isEqualTo("patch.no_such");
        assertThat(topic.since(ends)).isEmpty();

        var answer = service.post(replay, """
                {"patch": {"session_id": "s2", "priority": "LOW", "occurred_at": "2026-05-03T12:00:00+02:00",
                           "category": null}}
                """);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        var replayed = topic.since(ends);
        assertThat(replayed).hasSize(1);
        assertThat(ByteBuffer.wrap(replayed.get(0).value()).getInt(1))
                .isEqualTo(ByteBuffer.wrap(value).getInt(1));
        ReflectionTask task = EventSerdes.of(stack.schemaRegistryUrl())
                .<ReflectionTask>deserializer()
                .deserialize("reflector.tasks.semantic", replayed.get(0).value());
        assertThat(task.getSessionId()).isEqualTo("s2");
        assertThat(task.getPriority().name()).isEqualTo("LOW");
        assertThat(task.getOccurredAt()).isEqualTo("2026-05-03T10:00:00Z");
        assertThat(task.getMessages().get(0).getContent()).isEqualTo("I moved to Lisbon");
        assertThat(service.get("/api/v1/dead-letters/" + id)
                        .json()
                        .at("/actions/0/transformed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shouldRefuseAPatchOfWhatCannotBeRead() {
        topic.park(topic.letter(id, user, POISON).build());
        awaitLetters("", 1);

        var answer = service.post("/api/v1/dead-letters/" + id + ":replay", "{\"patch\": {\"a\": 1}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/field")).isEqualTo("patch");
        assertThat(list("").json().path("total").asInt()).isOne();
    }

    @Test
    void shouldDiscardOneAndMany() {
        for (var n = 0; n < 5; n++) {
            topic.park(topic.letter(id + n, user, POISON).build());
        }
        awaitLetters("", 5);

        var one = service.post("/api/v1/dead-letters/" + id + "0:discard", "{\"reason\": \"of no use\"}");
        assertThat(one.status()).isEqualTo(202);
        assertThat(one.text("/action")).isEqualTo("discard");
        assertThat(list("").json().path("total").asInt()).isEqualTo(4);
        assertThat(service.post("/api/v1/dead-letters/" + id + "0:discard", "")
                        .json()
                        .path("skipped")
                        .asInt())
                .isOne();
        var dry = service.post("/api/v1/dead-letters:discard", "{\"filter\": " + filter("") + "}");
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().path("matched").asInt()).isEqualTo(4);

        var many = service.post("/api/v1/dead-letters:discard", "{\"filter\": " + filter("") + ", \"dry_run\": false}");

        assertThat(finished(many).path("sent").asInt()).isEqualTo(4);
        assertThat(list("").json().path("total").asInt()).isZero();
        assertThat(list("state=discarded").json().path("total").asInt()).isEqualTo(5);
        // An operator may think otherwise.
        assertThat(replay(id + 0).json().path("sent").asInt()).isOne();
    }

    @Test
    void shouldReplayTenThousandAtAThousandASecondAndMore() {
        var letters = 10_000;
        var value = topic.bytes(topic.task(user, id));
        for (var n = 0; n < letters; n++) {
            topic.send(topic.letter(id + n, user, value).build());
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> list("limit=1").json().path("total").asInt() == letters);
        var ends = topic.ends("reflector.tasks.semantic");
        var begun = System.nanoTime();

        var job = finished(replayAll("", "\"dry_run\": false, \"rate_per_second\": 100000"));

        var seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("replayed %d dead letters in %.2f s, %.0f a second%n", letters, seconds, letters / seconds);
        assertThat(job.path("sent").asInt()).isEqualTo(letters);
        assertThat(letters / seconds).isGreaterThan(1_000);
        assertThat(list("limit=1").json().path("total").asInt()).isZero();
        var replayed = topic.since(ends);
        assertThat(replayed).hasSize(letters);
        // In the order in which they were parked.
        assertThat(replayed.stream()
                        .map(record -> text(record, HeaderNames.DEAD_LETTER_ID))
                        .toList())
                .containsExactlyElementsOf(
                        IntStream.range(0, letters).mapToObj(n -> id + n).toList());
    }

    @Test
    void shouldSendARecordOnceThatSeveralParked() {
        var offset = offset();
        var key = utf8(user.toString());
        topic.park(key, POISON, Map.of(), streamsErrors("memory.interactions", 1, offset));
        topic.park(key, POISON, Map.of(), connectErrors("neo4j-sink", "memory.interactions", 1, offset));
        topic.park(key, POISON, Map.of(), connectErrors("redis-sink", "memory.interactions", 1, offset));
        awaitLetters("", 3);
        var ends = topic.ends("memory.interactions");

        var job = finished(replayAll("", "\"dry_run\": false"));

        assertThat(job.path("sent").asInt()).isEqualTo(3);
        assertThat(topic.since(ends)).hasSize(1);
        assertThat(list("state=replayed").json().path("total").asInt()).isEqualTo(3);
    }

    @Test
    void shouldKeepToTheRate() {
        for (var n = 0; n < 60; n++) {
            topic.park(topic.letter(id + n, user, topic.bytes(topic.task(user, id)))
                    .build());
        }
        awaitLetters("", 60);
        var begun = System.nanoTime();

        finished(replayAll("", "\"dry_run\": false, \"rate_per_second\": 20"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(8));
    }

    @Test
    void shouldKnowTheSameAfterARestartAndSayWhatItLeavesOut() {
        var letter = topic.letter(id, user, topic.bytes(topic.task(user, id)));
        topic.park(letter.build());
        topic.park(topic.letter(id + 1, user, POISON).build());
        awaitLetters("", 2);
        replay(id);
        service.post("/api/v1/dead-letters/" + id + "1:discard", "{}");

        try (var restarted = Service.start(stack, Map.of())) {
            for (var state : List.of("parked", "replayed", "discarded")) {
                var path = "/api/v1/dead-letters?limit=1000&state=" + state;
                assertThat(restarted.get(path).json())
                        .isEqualTo(service.get(path).json());
            }
        }
        try (var small = Service.start(stack, Map.of("DEAD_LETTERS_MAX", "2"))) {
            var kept = small.get("/api/v1/dead-letters?state=discarded").json();
            assertThat(kept.at("/dead_letters/0/id").asString()).isEqualTo(id + 1);
            assertThat(kept.path("total").asInt()).isOne();
            assertThat(kept.path("left_out").asLong()).isPositive();
        }
    }

    @Test
    void shouldShowAStrayRecordAndNotSendItAnywhere() {
        var parked = topic.park(utf8(user.toString()), POISON, Map.of(), Map.of());
        var letterId = Ids.nameBased(
                "dead-letter", "reflector.dlq", Integer.toString(parked.partition()), Long.toString(parked.offset()));

        assertThat(awaitLetter(letterId).path("reason").asString()).isEqualTo("unreadable");
        var answer = service.post("/api/v1/dead-letters/" + letterId + ":replay", "{}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/detail")).contains("source_topic");
    }

    @ParameterizedTest
    @CsvSource({
        "tier=episodical, tier",
        "state=lost, state",
        "from=yesterday, from",
        "from=2026-05-03T00:00:00Z&to=2026-05-02T00:00:00Z, from",
        "limit=0, limit",
        "limit=1001, limit",
        "cursor=!!, cursor"
    })
    void shouldNameTheParameterThatIsWrong(String query, String field) {
        var answer = service.get("/api/v1/dead-letters?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"filter\": {\"tier\": \"episodical\"}} | filter.tier",
                "{\"filter\": {\"teir\": \"episodic\"}} | filter.teir",
                "{\"filter\": {\"from\": \"2026-05-03T00:00:00Z\", \"to\": \"2026-05-02T00:00:00Z\"}} | filter.from",
                "{\"filter\": 7} | filter",
                "{\"limit\": 0} | limit",
                "{\"limit\": 100001} | limit",
                "{\"limit\": \"many\"} | limit",
                "{\"rate_per_second\": 100001} | rate_per_second",
                "{\"dryrun\": false} | dryrun"
            })
    void shouldNameTheFieldThatIsWrong(String body, String field) {
        var answer = service.post("/api/v1/dead-letters:replay", body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void shouldAnswer404ForWhatIsNotKnown() {
        assertThat(service.get("/api/v1/dead-letters/" + id).status()).isEqualTo(404);
        assertThat(service.post("/api/v1/dead-letters/" + id + ":replay", "{}").status())
                .isEqualTo(404);
        assertThat(service.post("/api/v1/dead-letters/" + id + ":discard", "{}").status())
                .isEqualTo(404);
        assertThat(service.get("/api/v1/replay-jobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void shouldBeDescribedAsItAnswers() {
        var api = service.get("/v3/api-docs").json();

        assertThat(api.path("paths").propertyNames())
                .contains(
                        "/api/v1/dead-letters",
                        "/api/v1/dead-letters/{id}",
                        "/api/v1/dead-letters/{id}:replay",
                        "/api/v1/dead-letters:replay",
                        "/api/v1/dead-letters/{id}:discard",
                        "/api/v1/dead-letters:discard",
                        "/api/v1/replay-jobs/{job_id}",
                        "/api/v1/retries",
                        "/api/v1/retries:now");
        var schemas = api.at("/components/schemas");
        assertThat(schemas.at("/LetterAnswer/properties").propertyNames())
                .contains("id", "source_topic", "stack_trace", "value");
        assertThat(schemas.at("/ReplayRequest/properties").propertyNames())
                .containsExactlyInAnyOrder("filter", "dry_run", "limit", "rate_per_second", "patch", "reason");
        assertThat(schemas.propertyNames()).noneMatch(name -> name.startsWith("JsonNode"));
    }

    private Service.Answer list(String query) {
        return service.get("/api/v1/dead-letters?user_id=" + URLEncoder.encode(user.userId(), StandardCharsets.UTF_8)
                + (query.isEmpty() ? "" : "&" + query));
    }

    private List<JsonNode> awaitLetters(String query, int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(list(query).json().path("total").asInt()).isEqualTo(count));
        return StreamSupport.stream(list(query).json().path("dead_letters").spliterator(), false)
                .toList();
    }

    private static JsonNode awaitLetter(String letterId) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.get("/api/v1/dead-letters/" + letterId).status() == 200);
        return service.get("/api/v1/dead-letters/" + letterId).json();
    }

    private static Service.Answer replay(String letterId) {
        var answer = service.post("/api/v1/dead-letters/" + letterId + ":replay", "{}");
        assertThat(answer.text("/state")).as(answer.response().body()).isEqualTo("done");
        return answer;
    }

    private Service.Answer replayAll(String more, String settings) {
        var answer =
                service.post("/api/v1/dead-letters:replay", "{\"filter\": " + filter(more) + ", " + settings + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer;
    }

    private String filter(String more) {
        return "{\"user_id\": \"" + user.userId() + "\"" + more + "}";
    }

    private static JsonNode finished(Service.Answer started) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        !service.get(started.text("/links/job")).text("/state").equals("running"));
        var job = service.get(started.text("/links/job")).json();
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("done");
        return job;
    }

    /** An offset that no other test takes. */
    private long offset() {
        return Math.abs((long) id.hashCode());
    }

    private static int register(String subject, Schema schema) throws IOException {
        var body = "{\"schema\": " + Service.JSON.writeValueAsString(schema.toString()) + "}";
        var request = HttpRequest.newBuilder(
                        URI.create(stack.schemaRegistryUrl() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return Service.JSON.readTree(answer.body()).path("id").asInt();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static List<String> headers(ConsumerRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + (header.value() == null ? null : base64(header.value())))
                .toList();
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
