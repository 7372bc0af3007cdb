package io.memoryreflector.ingest.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AvroJsonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "All", "fields": [
              {"name": "text", "type": "string"},
              {"name": "maybe", "type": ["null", "string"], "default": null},
              {"name": "count", "type": "int", "default": 5},
              {"name": "big", "type": "long"},
              {"name": "ratio", "type": "double"},
              {"name": "small", "type": "float"},
              {"name": "yes", "type": "boolean"},
              {"name": "raw", "type": "bytes"},
              {"name": "fixed", "type": {"type": "fixed", "name": "Two", "size": 2}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "micros", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "inner", "type": ["null", {"type": "record", "name": "Inner", "fields": [
                {"name": "a", "type": "string"}, {"name": "b", "type": "string", "default": "b"}]}]},
              {"name": "list", "type": {"type": "array", "items": "Inner"}},
              {"name": "map", "type": {"type": "map", "values": ["null", "long"]}}]}
            """);

    private static final String AS_JSON = """
            {"text": "hi", "maybe": null, "count": 7, "big": 9007199254740993, "ratio": 0.1, "small": 1.5, "yes": true,
             "raw": "/wA=", "fixed": "AQI=", "kind": "A", "at": "2026-05-02T10:00:00.123Z",
             "micros": "2026-05-02T10:00:00.123456Z", "day": "2026-05-02", "price": "12.34",
             "inner": {"a": "x", "b": "y"}, "list": [{"a": "l", "b": "m"}], "map": {"k": 1}}
            """;

    @Test
    void shouldGivePlainJson() throws IOException {
        assertThat(json(reread(record()))).isEqualTo(JSON.readTree(AS_JSON));
    }

    @Test
    void shouldReadBackEveryFieldThatItGives() throws IOException {
        var patched = AvroPatch.apply(SCHEMA, reread(record()), JSON.readTree(AS_JSON));

        assertThat(json(reread(patched))).isEqualTo(JSON.readTree(AS_JSON));
        assertThat(bytes(patched)).isEqualTo(bytes(record()));
    }

    @Test
    void shouldWriteNumbersThatJsonDoesNotHaveAsTexts() throws IOException {
        var record = record();
        record.put("ratio", Double.NaN);
        record.put("small", Float.NEGATIVE_INFINITY);

        var json = json(reread(record));

        assertThat(json.path("ratio").asString()).isEqualTo("NaN");
        assertThat(json.path("small").asString()).isEqualTo("-Infinity");
        var patch = JSON.createObjectNode().set("ratio", json.path("ratio"));
        assertThat(bytes(AvroPatch.apply(SCHEMA, record(), patch))).hasSameSizeAs(bytes(record));
    }

    @Test
    void shouldMergeAsRfc7386Says() throws IOException {
        var patch = """
                {"maybe": "now", "count": null, "inner": {"a": "new"}, "list": [{"a": "only"}],
                 "map": {"k": null, "l": 2}}
                """;

        var json = json(reread(AvroPatch.apply(SCHEMA, reread(record()), JSON.readTree(patch))));

        assertThat(json.path("maybe").asString()).isEqualTo("now");
        assertThat(json.path("count").asInt()).isEqualTo(5);
        assertThat(json.path("inner")).isEqualTo(JSON.readTree("{\"a\": \"new\", \"b\": \"y\"}"));
        assertThat(json.path("list")).isEqualTo(JSON.readTree("[{\"a\": \"only\", \"b\": \"b\"}]"));
        assertThat(json.path("map")).isEqualTo(JSON.readTree("{\"l\": 2}"));
        assertThat(json.path("text").asString()).isEqualTo("hi");
    }

    @Test
    void shouldTakeAwayWhatMayBeAway() throws IOException {
        var patched = AvroPatch.apply(SCHEMA, reread(record()), JSON.readTree("{\"inner\": null}"));

        assertThat(json(reread(patched)).path("inner").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\": 7} | patch.text | got a number, takes a text",
                "{\"text\": null} | patch.text | cannot be left out, takes a text",
                "{\"count\": 1.5} | patch.count | got a number, takes a whole number of 32 bits",
                "{\"count\": 3000000000} | patch.count | got a number, takes a whole number of 32 bits",
                "{\"big\": 9223372036854775808} | patch.big | got a number, takes a whole number of 64 bits",
                "{\"yes\": \"yes\"} | patch.yes | got a text, takes true or false",
                "{\"raw\": \"%\"} | patch.raw | got a text, takes bytes in base64",
                "{\"fixed\": \"AQ==\"} | patch.fixed | got a text, takes 2 bytes in base64",
                "{\"kind\": \"C\"} | patch.kind | got a text, takes one of [A, B]",
                "{\"at\": \"noon\"} | patch.at | got a text, takes a time such as 2026-05-02T10:00:00Z",
                "{\"day\": \"2026-13-01\"} | patch.day | got a text, takes a date such as 2026-05-02",
                "{\"price\": \"1.234\"} | patch.price | got a text, takes a decimal number as text",
                "{\"inner\": {\"c\": 1}} | patch.inner.c | is not in the schema, takes one of [a, b]",
                "{\"list\": [{\"a\": \"x\"}, {\"a\": 1}]} | patch.list[1].a | got a number, takes a text",
                "{\"list\": {}} | patch.list | got an object, takes an array",
                "{\"map\": {\"k\": \"x\"}} | patch.map.k | got a text, takes a whole number of 64 bits",
                "{\"nothing\": 1} | patch.nothing | is not in the schema",
                "[] | patch | got an array, takes an object"
            })
    void shouldNameTheFieldThatDoesNotFit(String patch, String field, String message) throws IOException {
        var datum = reread(record());

        assertThatExceptionOfType(RequestProblem.class)
                .isThrownBy(() -> AvroPatch.apply(SCHEMA, datum, JSON.readTree(patch)))
                .satisfies(problem -> {
                    assertThat(problem.status().value()).isEqualTo(422);
                    assertThat(problem.errors().get(0).field()).isEqualTo(field);
                    assertThat(problem.errors().get(0).message()).startsWith(message);
                });
    }

    private static GenericData.Record record() {
        var inner = SCHEMA.getField("list").schema().getElementType();
        return new GenericRecordBuilder(SCHEMA)
                .set("text", "hi")
                .set("maybe", null)
                .set("count", 7)
                .set("big", 9007199254740993L)
                .set("ratio", 0.1)
                .set("small", 1.5f)
                .set("yes", true)
                .set("raw", ByteBuffer.wrap(new byte[] {(byte) 0xff, 0}))
                .set("fixed", new GenericData.Fixed(SCHEMA.getField("fixed").schema(), new byte[] {1, 2}))
                .set("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "A"))
                .set("at", 1_777_716_000_123L)
                .set("micros", 1_777_716_000_123_456L)
                .set("day", 20_575)
                .set("price", ByteBuffer.wrap(new byte[] {4, (byte) 0xd2}))
                .set("inner", inner(inner, "x", "y"))
                .set("list", List.of(inner(inner, "l", "m")))
                .set("map", Map.of("k", 1L))
                .build();
    }

    private static GenericData.Record inner(Schema schema, String a, String b) {
        return new GenericRecordBuilder(schema).set("a", a).set("b", b).build();
    }

    /** As a caller reads it. */
    private static JsonNode json(Object datum) {
        return JSON.readTree(AvroJson.of(SCHEMA, datum).toString());
    }

    private static byte[] bytes(Object datum) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(SCHEMA).write(datum, encoder);
        return bytes.toByteArray();
    }

    private static Object reread(Object datum) throws IOException {
        return new GenericDatumReader<>(SCHEMA).read(null, DecoderFactory.get().binaryDecoder(bytes(datum), null));
    }
}
