package io.memoryreflector.schemas.serde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.Interaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.SystemLimitException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

/** A record of a few bytes that says it holds gigabytes must not be believed. */
class AvroLimitsTest {

    private final EventSerdes serdes = EventSerdes.of("http://127.0.0.1:1");

    @Test
    void shouldRefuseATextThatIsLongerThanAnyRecord() throws IOException {
        assertThatThrownBy(() -> decode(Integer.MAX_VALUE - 16L)).isInstanceOf(SystemLimitException.class);
        assertThatThrownBy(() -> decode(64L << 20)).isInstanceOf(SystemLimitException.class);
    }

    private void decode(long length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeLong(length);
        encoder.flush();
        serdes.config();
        new SpecificDatumReader<>(Interaction.class)
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
