package io.memoryreflector.schemas.serde;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SystemLimitException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record of a few bytes that says it holds gigabytes must not be believed. */
class AvroLimitsTest {

    private static final long MORE_THAN_ANY_RECORD = 64L << 20;

    @BeforeAll
    static void loadTheSerdes() {
        EventSerdes.of("http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"int\"}",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"map\",\"values\":\"int\"}"
            })
    void shouldRefuseALengthThatNoRecordOfOursHas(String type) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeLong(MORE_THAN_ANY_RECORD);
        encoder.flush();
        var reader = new GenericDatumReader<>(new Schema.Parser().parse(type));

        assertThatThrownBy(() -> reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)))
                .isInstanceOf(SystemLimitException.class);
    }
}
