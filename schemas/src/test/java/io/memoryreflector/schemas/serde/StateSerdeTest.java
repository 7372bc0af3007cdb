package io.memoryreflector.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.state.FactChange;
import io.memoryreflector.state.KnownFact;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.state.SessionContext;
import io.memoryreflector.state.SessionEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class StateSerdeTest {

    /** What is in the stores of those who run the program. */
    private static final Map<Schema, Long> STORED = Map.of(
            PendingTask.SCHEMA$, -7910351963695027093L,
            SessionContext.SCHEMA$, -3268853144073055482L,
            ReflectionStatus.SCHEMA$, -1744436435153382325L,
            KnownFact.SCHEMA$, 4969418042445104928L,
            SessionEntry.SCHEMA$, 162865999303061419L,
            FactChange.SCHEMA$, 26080562022946553L);

    @Test
    void shouldKeepTheFormerSchemaOfWhatIsStored() {
        STORED.forEach((schema, fingerprint) -> assertThat(SchemaNormalization.parsingFingerprint64(schema))
                .as(
                        "%s has changed: put its canonical form as it was into former/ with the next number, then put %d here",
                        schema.getFullName(), SchemaNormalization.parsingFingerprint64(schema))
                .isEqualTo(fingerprint));
    }

    @Test
    void shouldReadWhatAnEarlierVersionHasStored() throws IOException {
        var serde = StateSerde.<ReflectionStatus>of(ReflectionStatus.SCHEMA$);
        var former = StateSerde.former(ReflectionStatus.SCHEMA$.getFullName()).get(0);
        var tier = former.getField("tiers").schema().getElementType();
        var stored = new GenericRecordBuilder(former)
                .set("interaction_id", "i1")
                .set("namespace", "default")
                .set("user_id", "ada")
                .set("session_id", null)
                .set(
                        "state",
                        new GenericData.EnumSymbol(former.getField("state").schema(), "COMPLETED"))
                .set("occurred_at", 1L)
                .set("received_at", 2L)
                .set("updated_at", 3L)
                .set("revision", 4)
                .set(
                        "tiers",
                        List.of(new GenericRecordBuilder(tier)
                                .set(
                                        "tier",
                                        new GenericData.EnumSymbol(
                                                tier.getField("tier").schema(), "SEMANTIC"))
                                .set(
                                        "state",
                                        new GenericData.EnumSymbol(
                                                tier.getField("state").schema(), "COMPLETED"))
                                .set("attempts", 1)
                                .set("next_attempt_at", null)
                                .set("memory_ids", List.of("m1"))
                                .set("error", null)
                                .set("reflector", null)
                                .set("took_ms", 5L)
                                .set("updated_at", 3L)
                                .build()))
                .build();
        var bytes = bytes(new BinaryMessageEncoder<>(GenericData.get(), former).encode(stored));

        var read = serde.deserializer().deserialize("store", bytes);

        assertThat(read.getTiers().get(0).getMemoryIds()).containsExactly("m1");
        assertThat(read.getTiers().get(0).getInputTokens()).isZero();
    }

    @Test
    void shouldSayWhoseStateItCannotRead() {
        var serde = StateSerde.<KnownFact>of(KnownFact.SCHEMA$);

        assertThatThrownBy(() -> serde.deserializer().deserialize("known-facts", new byte[] {1, 2, 3}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("known-facts");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
