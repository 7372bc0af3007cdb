package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.connect.Samples;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;

class EventDecoderTest {

    private static final UserKey USER = new UserKey("test", "u");
    private static final Map<Byte, SpecificRecord> EVENTS = Map.of(
            (byte) 1, Samples.interaction(USER, "i1"),
            (byte) 2, Samples.episode(USER, "i1"),
            (byte) 4, Samples.interaction(USER, ""));

    private final List<Refusal> refused = new ArrayList<>();
    private final EventDecoder decoder =
            new EventDecoder((topic, bytes) -> EVENTS.get(bytes[0]), List.of(Topics.INTERACTIONS, Topics.EPISODIC));

    @Test
    void shouldDecodeEachRecordAsItsTopicHasItInOrder() {
        var decoded = decode(record("memory.episodic", bytes(2)), record("memory.interactions", bytes(1)));

        assertThat(decoded).extracting(Decoded::event).containsExactly(EVENTS.get((byte) 2), EVENTS.get((byte) 1));
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldPassOverTombstones() {
        assertThat(decode(record("memory.interactions", null))).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldRefuseAnEventOfAnotherTopicsKind() {
        assertThat(decode(record("memory.interactions", bytes(2)))).isEmpty();
        assertThat(refused).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("memory.interactions")
                .hasMessageContaining(Episode.class.getName()));
    }

    @Test
    void shouldRefuseWhatDecodesToNothing() {
        assertThat(decode(record("memory.interactions", bytes(3)))).isEmpty();
        assertThat(refused).hasSize(1);
    }

    @Test
    void shouldRefuseARecordOfATopicThatTheSinkDoesNotTake() {
        assertThat(decode(record("memory.semantic", bytes(2)))).isEmpty();
        assertThat(refused).singleElement().satisfies(refusal -> assertThat(refusal.reason())
                .hasMessageContaining("memory.semantic")
                .hasMessageContaining("memory.episodic"));
    }

    @Test
    void shouldStopAtAnotherConverterRatherThanParkEveryRecord() {
        assertThatThrownBy(() -> decode(record("memory.interactions", "text")))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("value.converter")
                .hasMessageContaining("ByteArrayConverter");
    }

    @Test
    void shouldCloseItsDeserializer() {
        var closed = new ArrayList<String>();
        new EventDecoder(
                        new Deserializer<>() {
                            @Override
                            public SpecificRecord deserialize(String topic, byte[] data) {
                                return null;
                            }

                            @Override
                            public void close() {
                                closed.add("closed");
                            }
                        },
                        List.of())
                .close();

        assertThat(closed).hasSize(1);
    }

    @Test
    void shouldGiveAnInteractionWithoutAnIdTheOneOfItsPlaceInTheLog() {
        var renamed = record("memory.interactions", bytes(4))
                .newRecord("memory.interactions", 5, null, null, null, bytes(4), null);

        assertThat(decode(record("memory.interactions", bytes(4)), renamed))
                .extracting(decoded -> ((Interaction) decoded.event()).getInteractionId())
                .containsOnly(Ids.interaction("memory.interactions", 0, 0));
    }

    @Test
    void shouldGiveAReplayedInteractionTheIdThatItHadFirst() {
        var first = Ids.interaction("memory.interactions", 7, 99);
        var replayed = record("memory.interactions", bytes(4));
        // As Connect hands a header over with its own header converter.
        var header = new SimpleHeaderConverter()
                .toConnectHeader("", HeaderNames.INTERACTION_ID, first.getBytes(StandardCharsets.UTF_8));
        replayed.headers().add(HeaderNames.INTERACTION_ID, header);

        assertThat(decode(replayed))
                .extracting(decoded -> ((Interaction) decoded.event()).getInteractionId())
                .containsExactly(first);
    }

    private List<Decoded> decode(SinkRecord... records) {
        return decoder.decode(List.of(records), refused::add);
    }

    private static SinkRecord record(String topic, Object value) {
        return new SinkRecord(topic, 0, null, null, null, value, 0);
    }

    private static byte[] bytes(int kind) {
        return new byte[] {(byte) kind};
    }
}
