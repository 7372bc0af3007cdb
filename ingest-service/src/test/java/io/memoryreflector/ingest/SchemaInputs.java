package io.memoryreflector.ingest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values made from the schemas of an API's description: such as a schema allows, and such as break one of its constraints.
 * The same random numbers make the same values. What a schema says in a way that is not known here fails rather than being
 * overlooked.
 */
final class SchemaInputs {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST = 60;
    private static final int MOST_ITEMS = 3;

    /** Letters of one to four bytes, and what means something to somebody: separators, quotes, escapes. */
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "0",
            "-",
            "_",
            ".",
            " ",
            "/",
            "'",
            "\"",
            "\\",
            "%",
            "&",
            "?",
            "#",
            "+",
            ";",
            ":",
            "{",
            "<",
            "\u00fc",
            "\u6f22",
            "\u202e",
            "\ud83d\ude00");

    private static final Instant EARLY = Instant.parse("1950-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2100-01-01T00:00:00Z");

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "format",
            "description",
            "example",
            "examples",
            "default",
            "deprecated",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "properties",
            "required",
            "additionalProperties",
            "maxProperties",
            "dependentRequired",
            "anyOf",
            "oneOf",
            "not");

    private final Random random;
    private final JsonNode document;

    SchemaInputs(Random random, JsonNode document) {
        this.random = random;
        this.document = document;
    }

    /** A value that the schema allows. */
    JsonNode valid(JsonNode unresolved) {
        var schema = resolved(unresolved);
        if (schema.has("enum")) {
            return pick(schema.get("enum"));
        }
        return switch (type(schema)) {
            case "string" -> NODES.stringNode(text(schema));
            case "integer" -> NODES.numberNode(integer(schema));
            case "number" -> NODES.numberNode(random.nextGaussian());
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> array(schema);
            case "object" -> object(schema);
            case "oneOf" -> valid(pick(schema.get("oneOf")));
            default -> anything(2);
        };
    }

    /** A value that breaks one constraint of the schema, in it or below; empty where it has none. */
    Optional<JsonNode> broken(JsonNode unresolved) {
        var schema = resolved(unresolved);
        var ways = new ArrayList<Supplier<Optional<JsonNode>>>();
        if (!type(schema).isEmpty() && !type(schema).equals("oneOf")) {
            ways.add(() -> Optional.of(ofAnotherType(type(schema))));
        }
        if (schema.has("enum") && type(schema).equals("string")) {
            ways.add(() -> Optional.of(NODES.stringNode("none-of-" + letters(5))));
        }
        switch (type(schema)) {
            case "string" -> wrongTexts(schema).forEach(text -> ways.add(() -> Optional.of(NODES.stringNode(text))));
            case "integer" ->
                wrongNumbers(schema).forEach(number -> ways.add(() -> Optional.of(NODES.numberNode(number))));
            case "array" -> wrongArrays(schema, ways);
            case "object" -> wrongObjects(schema, ways);
            case "oneOf" -> ways.add(() -> Optional.of(NODES.stringNode("none-" + letters(5))));
            default -> {}
        }
        while (!ways.isEmpty()) {
            var broken = ways.remove(random.nextInt(ways.size())).get();
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(document.at(schema.get("$ref").asString().substring(1)));
        }
        schema.propertyNames().forEach(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalStateException("no values are made for '" + name + "' in " + schema);
            }
        });
        return schema;
    }

    /** Empty is any. */
    private static String type(JsonNode schema) {
        if (schema.has("type")) {
            return schema.get("type").asString();
        }
        return schema.has("oneOf") ? "oneOf" : "";
    }

    private String text(JsonNode schema) {
        if (schema.has("format")) {
            return formatted(schema);
        }
        var pattern = Pattern.compile(schema.path("pattern").asString(""));
        var least = schema.path("minLength").asInt(0);
        var most = Math.min(schema.path("maxLength").asInt(LONGEST), LONGEST);
        for (var i = 0; i < 100; i++) {
            var text = random.nextInt(4) == 0 ? letters(most) : pieces(least, most);
            if (text.length() >= least && pattern.matcher(text).find()) {
                return text;
            }
        }
        var example = schema.path("example").asString("");
        if (example.isEmpty() || !pattern.matcher(example).find()) {
            throw new IllegalStateException("a pattern that is hard to meet and no example that meets it: " + schema);
        }
        return example;
    }

    private String formatted(JsonNode schema) {
        var format = schema.get("format").asString();
        var seconds = random.nextLong(EARLY.getEpochSecond(), LATE.getEpochSecond());
        var time = Instant.ofEpochSecond(seconds, random.nextInt(3) == 0 ? random.nextInt(1_000) * 1_000_000L : 0);
        return switch (format) {
            case "date-time" ->
                OffsetDateTime.ofInstant(time, ZoneOffset.ofHours(random.nextInt(-12, 13)))
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            case "date" -> LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
            default -> throw new IllegalStateException("no values are made of the format " + format);
        };
    }

    private List<String> wrongTexts(JsonNode schema) {
        var texts = new ArrayList<String>();
        if (schema.has("format") || schema.path("pattern").asString("").startsWith("^")) {
            texts.add("!" + letters(10));
        }
        if (schema.path("pattern").asString("").equals("\\S")
                || schema.path("minLength").asInt(0) > 0) {
            texts.add("");
        }
        if (schema.has("maxLength")) {
            texts.add(letters(1) + "x".repeat(schema.get("maxLength").asInt()));
        }
        return texts;
    }

    private long integer(JsonNode schema) {
        var wide = schema.path("format").asString("").equals("int64");
        var least = schema.path("minimum").asLong(wide ? Long.MIN_VALUE : Integer.MIN_VALUE);
        var most = schema.path("maximum").asLong(wide ? Long.MAX_VALUE : Integer.MAX_VALUE);
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> most == Long.MAX_VALUE ? random.nextLong() : random.nextLong(least, most + 1);
        };
    }

    private static List<BigDecimal> wrongNumbers(JsonNode schema) {
        var numbers = new ArrayList<BigDecimal>();
        if (schema.has("minimum")) {
            numbers.add(schema.get("minimum").decimalValue().subtract(BigDecimal.ONE));
        }
        if (schema.has("maximum")) {
            numbers.add(schema.get("maximum").decimalValue().add(BigDecimal.ONE));
        }
        return numbers;
    }

    private ArrayNode array(JsonNode schema) {
        var array = NODES.arrayNode();
        var least = schema.path("minItems").asInt(0);
        var most = Math.max(least, Math.min(schema.path("maxItems").asInt(MOST_ITEMS), MOST_ITEMS));
        var size = random.nextInt(least, most + 1);
        for (var i = 0; i < size; i++) {
            array.add(
                    valid(schema.has("prefixItems") ? schema.get("prefixItems").get(i) : schema.get("items")));
        }
        return array;
    }

    private void wrongArrays(JsonNode schema, List<Supplier<Optional<JsonNode>>> ways) {
        if (schema.path("minItems").asInt(0) > 0) {
            ways.add(() -> Optional.of(NODES.arrayNode()));
        }
        if (schema.has("items")) {
            ways.add(() -> broken(schema.get("items")).map(item -> array(schema).add(item)));
            if (schema.has("maxItems")) {
                ways.add(() -> {
                    var array = NODES.arrayNode();
                    var item = valid(schema.get("items"));
                    for (var i = 0; i <= schema.get("maxItems").asInt(); i++) {
                        array.add(item);
                    }
                    return Optional.of(array);
                });
            }
        }
    }

    private ObjectNode object(JsonNode schema) {
        var object = NODES.objectNode();
        var required = texts(schema.path("required"));
        var without = new HashSet<String>();
        var alone = false;
        for (var kind : List.of("anyOf", "oneOf")) {
            if (schema.has(kind)) {
                var chosen = pick(schema.get(kind));
                required.addAll(texts(chosen.path("required")));
                without.addAll(texts(chosen.at("/not/required")));
                alone |= chosen.path("maxProperties").asInt(0) == 1;
                if (kind.equals("oneOf")) {
                    schema.get(kind).forEach(other -> without.addAll(texts(other.path("required"))));
                }
            }
        }
        without.removeAll(required);
        for (var property : schema.path("properties").properties()) {
            var name = property.getKey();
            if (required.contains(name) || !alone && !without.contains(name) && random.nextBoolean()) {
                object.set(name, valid(property.getValue()));
            }
        }
        schema.path("dependentRequired").properties().forEach(dependent -> {
            if (!texts(dependent.getValue()).stream().allMatch(object::has)) {
                object.remove(dependent.getKey());
            }
        });
        inOrder(object);
        var others = schema.path("additionalProperties");
        if (others.isObject() && random.nextBoolean()) {
            object.set("of my own " + letters(5), others.isEmpty() ? anything(2) : valid(others));
        }
        return object;
    }

    /** An object with a property and what has to be with it: what else is there may be why the property is overlooked. */
    private ObjectNode alone(JsonNode schema, String name) {
        var needed = new HashSet<>(texts(schema.path("required")));
        needed.addAll(texts(schema.path("dependentRequired").path(name)));
        for (var kind : List.of("anyOf", "oneOf")) {
            var alternatives = schema.path(kind).valueStream().toList();
            alternatives.stream()
                    .filter(alternative -> texts(alternative.path("required")).contains(name))
                    .findFirst()
                    .or(() -> alternatives.stream()
                            .filter(alternative ->
                                    alternative.path("maxProperties").isMissingNode())
                            .findFirst())
                    .ifPresent(alternative -> needed.addAll(texts(alternative.path("required"))));
        }
        var object = NODES.objectNode();
        needed.forEach(one -> object.set(one, valid(schema.path("properties").get(one))));
        return object;
    }

    /** What the description says in words: from is before to. */
    private static void inOrder(ObjectNode object) {
        var from = object.path("from").asString("");
        var to = object.path("to").asString("");
        if (!from.isEmpty() && !to.isEmpty() && !OffsetDateTime.parse(from).isBefore(OffsetDateTime.parse(to))) {
            object.remove("to");
        }
    }

    private void wrongObjects(JsonNode schema, List<Supplier<Optional<JsonNode>>> ways) {
        for (var name : texts(schema.path("required"))) {
            ways.add(() -> Optional.of(object(schema).without(name)));
        }
        for (var property : schema.path("properties").properties()) {
            ways.add(() -> broken(property.getValue())
                    .map(value -> alone(schema, property.getKey()).set(property.getKey(), value)));
        }
        if (schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").asBoolean()) {
            ways.add(() -> Optional.of(object(schema).put("unheard_of", "x")));
        }
    }

    /** Handed out by the service: nobody makes one. */
    static boolean isOpaque(JsonNode schema) {
        return schema.path("format").asString("").equals("cursor");
    }

    private JsonNode ofAnotherType(String type) {
        return switch (type) {
            case "string" -> pickOf(NODES.arrayNode(), NODES.objectNode(), NODES.numberNode(random.nextInt()));
            case "array", "object" -> pickOf(NODES.stringNode(letters(5)), NODES.numberNode(random.nextInt()));
            default -> pickOf(NODES.stringNode("x" + letters(5)), NODES.arrayNode(), NODES.objectNode());
        };
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> NODES.stringNode(pieces(0, LONGEST));
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.nullNode();
            case 4 -> NODES.arrayNode().add(anything(depth - 1));
            default -> NODES.objectNode().set(letters(5), anything(depth - 1));
        };
    }

    /** Not longer than it may be in bytes either. */
    private String pieces(int least, int most) {
        var text = new StringBuilder();
        var length = random.nextInt(least, most + 1);
        while (text.toString().getBytes(StandardCharsets.UTF_8).length < length) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8).length > most ? letters(length) : text.toString();
    }

    private String letters(int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> texts(JsonNode array) {
        return new ArrayList<>(array.valueStream().map(JsonNode::asString).toList());
    }

    private JsonNode pick(JsonNode array) {
        return array.get(random.nextInt(array.size()));
    }

    private JsonNode pickOf(JsonNode... nodes) {
        return nodes[random.nextInt(nodes.length)];
    }
}
