package io.memoryreflector.ingest.deadletters;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Avro as plain JSON: a union is its value, bytes are base64, times ISO-8601 in UTC, numbers that JSON does not have
 * are texts. Pure.
 */
final class AvroJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroJson() {}

    /** @param datum as Avro's generic reader gives it, without logical types */
    static JsonNode of(Schema schema, Object datum) {
        return switch (schema.getType()) {
            case NULL -> JSON.nullNode();
            case UNION -> of(branch(schema, datum), datum);
            case RECORD -> record(schema, (IndexedRecord) datum);
            case ARRAY -> array(schema, (Collection<?>) datum);
            case MAP -> map(schema, (Map<?, ?>) datum);
            case STRING, ENUM -> JSON.stringNode(datum.toString());
            case BYTES -> bytes(schema, bytes((ByteBuffer) datum));
            case FIXED -> bytes(schema, ((GenericFixed) datum).bytes());
            case BOOLEAN -> JSON.booleanNode((Boolean) datum);
            case INT, LONG -> whole(schema, ((Number) datum).longValue());
            case FLOAT -> Float.isFinite((Float) datum) ? JSON.numberNode((Float) datum) : text(datum);
            case DOUBLE -> Double.isFinite((Double) datum) ? JSON.numberNode((Double) datum) : text(datum);
        };
    }

    /** The branch of a union that a datum is of. */
    static Schema branch(Schema union, Object datum) {
        return union.getTypes().get(GenericData.get().resolveUnion(union, datum));
    }

    private static JsonNode record(Schema schema, IndexedRecord datum) {
        var node = JSON.objectNode();
        for (var field : schema.getFields()) {
            node.set(field.name(), of(field.schema(), datum.get(field.pos())));
        }
        return node;
    }

    private static JsonNode array(Schema schema, Collection<?> data) {
        var node = JSON.arrayNode(data.size());
        data.forEach(datum -> node.add(of(schema.getElementType(), datum)));
        return node;
    }

    private static JsonNode map(Schema schema, Map<?, ?> data) {
        var node = JSON.objectNode();
        data.forEach((key, datum) -> node.set(key.toString(), of(schema.getValueType(), datum)));
        return node;
    }

    private static JsonNode bytes(Schema schema, byte[] bytes) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? text(new java.math.BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString())
                : text(Base64.getEncoder().encodeToString(bytes));
    }

    private static JsonNode whole(Schema schema, long number) {
        return AvroTime.of(schema)
                .<JsonNode>map(time -> text(time.format(number)))
                .orElseGet(() -> JSON.numberNode(number));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static JsonNode text(Object value) {
        return JSON.stringNode(value.toString());
    }
}
