package io.memoryreflector.reflection.model;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the JSON object in what a model wrote: bare, in a fence, between words, or after its thoughts. */
final class JsonInText {

    private static final String END_OF_THOUGHTS = "</think>";

    /** Braces that are tried as the object's beginning. */
    private static final int MOST_TRIES = 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonInText() {}

    /** The first object that has the field, read from any of the text's first braces. */
    static Optional<JsonNode> objectWith(String field, String text) {
        var thoughts = text.lastIndexOf(END_OF_THOUGHTS);
        var from = thoughts < 0 ? 0 : thoughts + END_OF_THOUGHTS.length();
        for (var tries = 0; tries < MOST_TRIES; tries++) {
            var brace = text.indexOf('{', from);
            if (brace < 0) {
                return Optional.empty();
            }
            var object = object(text, brace);
            if (object.filter(node -> node.has(field)).isPresent()) {
                return object;
            }
            from = brace + 1;
        }
        return Optional.empty();
    }

    /** The object that begins here; what follows it is left alone. */
    private static Optional<JsonNode> object(String text, int start) {
        try (var parser = JSON.createParser(text.substring(start))) {
            return Optional.ofNullable(JSON.readTree(parser));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
