package io.memoryreflector.ingest.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterReaderTest {

    private static final long PARKED_AT = 1_777_716_000_000L;

    // Nobody listens there: what these tests read needs no registry.
    private final LetterReader reader = new LetterReader(new AvroValues(
            new WriterSchemas(new SchemaRegistry("http://127.0.0.1:1", Duration.ofSeconds(1))), EventSealing.none()));

    @Test
    void shouldReadPoisonOfStreams() throws IOException {
        var headers = streams(new RecordHeaders().add("own", bytes("kept")), "reflector.tasks.episodic", "3", "42");

        var letter = reader.read(record("default/ada", "poison", headers));

        assertThat(letter).isInstanceOf(Letter.Poison.class);
        assertThat(letter.heading().id())
                .isEqualTo(Ids.nameBased("dead-letter", "reflector.tasks.episodic", "3", "42"));
        assertThat(letter.heading().subject()).isEqualTo(new Subject(Tier.EPISODIC, "default", "ada", null));
        assertThat(letter.heading().failure().reason()).isEqualTo("poison");
        assertThat(letter.heading().failure().message()).isEqualTo("not Avro");
        assertThat(letter.heading().failure().lastAt()).isEqualTo(Instant.ofEpochMilli(PARKED_AT));
        assertThat(letter.original().headers())
                .extracting(header -> header.key())
                .containsExactly("own");
        assertThat(letter.original().timestamp()).isEmpty();
    }

    @Test
    void shouldReadWhatASinkRefusedWithTheSinkInTheId() throws IOException {
        var first = reader.read(record("default/ada", "fact", connect(new RecordHeaders(), "neo4j-sink")));
        var second = reader.read(record("default/ada", "fact", connect(new RecordHeaders(), "redis-sink")));

        assertThat(first).isInstanceOf(Letter.Refused.class);
        assertThat(first.heading().component()).isEqualTo("neo4j-sink");
        assertThat(first.heading().id()).isNotEqualTo(second.heading().id());
        assertThat(first.sourceId()).isEqualTo(second.sourceId());
        assertThat(first.heading().subject().tier()).isEqualTo(Tier.SEMANTIC);
        assertThat(first.heading().failure().errorClass()).isEqualTo("DataException");
    }

    @Test
    void shouldKnowALetterAgainThatWasReplayed() throws IOException {
        var poison = reader.read(record("k", "v", streams(new RecordHeaders(), "memory.interactions", "1", "7")));
        var refused = reader.read(record("k", "v", connect(new RecordHeaders(), "neo4j-sink")));

        var poisonAgain = ReplayRecord.of(poison, bytes("v"), "job", 12);
        var refusedAgain = ReplayRecord.of(refused, bytes("v"), "job", 12);

        assertThat(reader.read(record(
                                "k",
                                "v",
                                streams(new RecordHeaders(poisonAgain.headers()), "memory.interactions", "1", "99")))
                        .heading()
                        .id())
                .isEqualTo(poison.heading().id());
        assertThat(reader.read(record("k", "v", connect(new RecordHeaders(refusedAgain.headers()), "neo4j-sink")))
                        .heading()
                        .id())
                .isEqualTo(refused.heading().id());
        assertThat(reader.read(record("k", "v", connect(new RecordHeaders(refusedAgain.headers()), "redis-sink")))
                        .heading()
                        .id())
                .isNotEqualTo(refused.heading().id());
    }

    @Test
    void shouldBelieveTheLastHeadersAndNotThoseThatTheRecordBroughtAlong() throws IOException {
        var forged = connect(new RecordHeaders(), "neo4j-sink");
        var headers = streams(forged, "memory.interactions", "1", "7");
        headers.add("__streams.errors.offset", bytes("8"));

        var letter = reader.read(record("k", "v", headers));

        assertThat(letter).isInstanceOf(Letter.Poison.class);
        assertThat(letter.heading().source()).isEqualTo(new SourceRecord("memory.interactions", 1, 8));
        assertThat(letter.original().headers()).isEmpty();
    }

    @Test
    void shouldShowWhatNobodysSupportWrote() throws IOException {
        assertThat(reader.read(record("k", "v", new RecordHeaders()))).isInstanceOf(Letter.Stray.class);
        assertThat(reader.read(record("k", "v", streams(new RecordHeaders(), "t", "x", "7"))))
                .isInstanceOf(Letter.Stray.class);
        assertThat(ReplayRecord.isPossible(reader.read(record("k", "v", new RecordHeaders()))))
                .isFalse();
    }

    @Test
    void shouldNotTakeTheRegistrysOutageForPoison() {
        var avro = new ConsumerRecord<>("reflector.dlq", 0, 1, bytes("k"), new byte[] {0, 0, 0, 0, 1, 2});

        assertThatIOException().isThrownBy(() -> reader.read(avro));
    }

    @Test
    void shouldNotSendBackToTheDeadLettersNorOutOfTheCatalogue() throws IOException {
        for (var topic : new String[] {"reflector.dlq", "reflector.dlq.actions", "somebody.elses"}) {
            var letter = reader.read(record("k", "v", streams(new RecordHeaders(), topic, "1", "7")));

            assertThat(ReplayRecord.isPossible(letter)).as(topic).isFalse();
        }
    }

    @Test
    void shouldKeepTheFirstIdOfAnInteractionOverReplays() throws IOException {
        var first = Ids.interaction("memory.interactions", 1, 7);
        var headers = new RecordHeaders().add(HeaderNames.INTERACTION_ID, bytes(first));
        var letter = reader.read(record("k", "v", streams(headers, "memory.interactions", "1", "8")));

        var replayed = ReplayRecord.of(letter, bytes("v"), "job", 12);

        assertThat(replayed.headers().headers(HeaderNames.INTERACTION_ID))
                .extracting(header -> new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(first);
    }

    @Test
    void shouldSetHeadersOfTheReplayAndNotAppendThem() throws IOException {
        var headers = new RecordHeaders()
                .add(HeaderNames.REPLAY_JOB, bytes("earlier"))
                .add("own", bytes("kept"));
        var letter = reader.read(record("k", "v", streams(headers, "memory.interactions", "1", "7")));

        var replayed = ReplayRecord.of(letter, bytes("v"), "job", 12);

        assertThat(replayed.headers())
                .extracting(header -> header.key())
                .containsExactly("own", HeaderNames.REPLAY_JOB, HeaderNames.DEAD_LETTER_ID, HeaderNames.INTERACTION_ID);
        assertThat(replayed.headers().lastHeader(HeaderNames.REPLAY_JOB).value())
                .isEqualTo(bytes("job"));
        assertThat(replayed.headers().lastHeader(HeaderNames.INTERACTION_ID).value())
                .isEqualTo(bytes(Ids.interaction("memory.interactions", 1, 7)));
        assertThat(replayed.partition()).isEqualTo(1);
        assertThat(replayed.timestamp()).isNull();
        assertThat(ReplayRecord.of(letter, bytes("v"), "job", 1).partition()).isNull();
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String value, Headers headers) {
        return new ConsumerRecord<>(
                "reflector.dlq",
                0,
                5,
                PARKED_AT,
                TimestampType.LOG_APPEND_TIME,
                key.length(),
                value.length(),
                bytes(key),
                bytes(value),
                headers,
                Optional.empty());
    }

    private static Headers streams(Headers headers, String topic, String partition, String offset) {
        headers.add("__streams.errors.exception", bytes("SerializationException"))
                .add("__streams.errors.message", bytes("not Avro"))
                .add("__streams.errors.stacktrace", bytes("at"))
                .add("__streams.errors.topic", bytes(topic))
                .add("__streams.errors.partition", bytes(partition))
                .add("__streams.errors.offset", bytes(offset));
        return headers;
    }

    private static Headers connect(Headers headers, String connector) {
        headers.add("__connect.errors.topic", bytes("memory.semantic"))
                .add("__connect.errors.partition", bytes("2"))
                .add("__connect.errors.offset", bytes("9"))
                .add("__connect.errors.connector.name", bytes(connector))
                .add("__connect.errors.exception.class.name", bytes("DataException"))
                .add("__connect.errors.exception.message", bytes("refused"));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
