package io.memoryreflector.ingest.deadletters;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Base64;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import tools.jackson.databind.JsonNode;

/** Reads single values of Avro from the JSON that {@link AvroJson} writes. Pure. */
final class AvroScalars {

    private AvroScalars() {}

    /**
     * The value as Avro's generic writer takes it.
     *
     * @param path of the field, for the message of what cannot be read
     */
    static Object read(Schema schema, JsonNode node, String path) {
        try {
            var value = value(schema, node);
            if (value != null || schema.getType() == Schema.Type.NULL) {
                return value;
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // Reported below with what it takes.
        }
        throw AvroPatch.problem(path, "got " + name(node) + ", takes " + takes(schema));
    }

    /** What a field of this schema takes, in the caller's words. */
    static String takes(Schema schema) {
        var time = AvroTime.of(schema);
        if (time.isPresent()) {
            return time.get().takes();
        }
        return switch (schema.getType()) {
            case STRING -> "a text";
            case ENUM -> "one of " + schema.getEnumSymbols();
            case BYTES -> schema.getLogicalType() == null ? "bytes in base64" : "a decimal number as text";
            case FIXED -> schema.getFixedSize() + " bytes in base64";
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case ARRAY -> "an array";
            case RECORD, MAP -> "an object";
            case UNION ->
                String.join(
                        " or ",
                        schema.getTypes().stream().map(AvroScalars::takes).toList());
        };
    }

    /** What a piece of JSON is; never what it says. */
    static String name(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            default -> "null";
        };
    }

    private static Object value(Schema schema, JsonNode node) {
        return switch (schema.getType()) {
            case STRING -> node.isString() ? node.asString() : null;
            case ENUM ->
                node.isString() && schema.hasEnumSymbol(node.asString())
                        ? new GenericData.EnumSymbol(schema, node.asString())
                        : null;
            case BYTES -> node.isString() ? ByteBuffer.wrap(bytes(schema, node.asString())) : null;
            case FIXED -> fixed(schema, node);
            case BOOLEAN -> node.isBoolean() ? node.asBoolean() : null;
            case INT -> {
                var number = whole(schema, node);
                yield number == null ? null : Math.toIntExact(number);
            }
            case LONG -> whole(schema, node);
            case FLOAT -> {
                var number = number(node);
                yield number == null ? null : number.floatValue();
            }
            case DOUBLE -> number(node);
            default -> null;
        };
    }

    private static Long whole(Schema schema, JsonNode node) {
        var time = AvroTime.of(schema);
        if (time.isPresent() && node.isString()) {
            return time.get().parse(node.asString());
        }
        return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : null;
    }

    /** A number, also one of those that JSON does not have. */
    private static Double number(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        return switch (node.isString() ? node.asString() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static byte[] bytes(Schema schema, String text) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? new BigDecimal(text)
                        .setScale(decimal.getScale())
                        .unscaledValue()
                        .toByteArray()
                : Base64.getDecoder().decode(text);
    }

    private static Object fixed(Schema schema, JsonNode node) {
        var bytes = node.isString() ? Base64.getDecoder().decode(node.asString()) : new byte[0];
        return bytes.length == schema.getFixedSize() ? new GenericData.Fixed(schema, bytes) : null;
    }
}
