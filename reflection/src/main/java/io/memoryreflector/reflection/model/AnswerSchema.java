package io.memoryreflector.reflection.model;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema of an answer: what the endpoint is sent and what its answer is checked against. Thread-safe.
 *
 * <p>It keeps to what every endpoint takes in its strict mode: all fields required, none beside them, no bounds.
 */
final class AnswerSchema {

    /** Errors that a model is told of at once. */
    private static final int MOST_ERRORS = 5;

    /** A memory travels in one record; what is longer is no answer to any question of ours. */
    private static final int LONGEST_ANSWER = 512 * 1024;

    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<Scope, AnswerSchema> SCHEMAS =
            Stream.of(Scope.values()).collect(Collectors.toUnmodifiableMap(scope -> scope, AnswerSchema::new));

    private final String name;
    private final ObjectNode root;
    private final String text;
    private final Schema schema;

    private AnswerSchema(Scope scope) {
        name = "memories_" + scope.word();
        root = scope.parts().stream()
                .map(AnswerSchema::read)
                .reduce(AnswerSchema::merged)
                .orElseThrow();
        text = JSON.writeValueAsString(root);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
        schema.initializeValidators();
    }

    static AnswerSchema of(Scope scope) {
        return SCHEMAS.get(scope);
    }

    /** Its name in a request. */
    String name() {
        return name;
    }

    /** The schema itself. */
    String text() {
        return text;
    }

    /**
     * The JSON object that a reply is.
     *
     * @throws InvalidAnswer saying where and how it does not fit
     */
    JsonNode read(Reply reply) {
        if (reply.finish() == FinishReason.LENGTH) {
            throw new InvalidAnswer("the answer was cut off after " + reply.outputTokens()
                    + " tokens; leave out what matters least and be short");
        }
        if (reply.text().length() > LONGEST_ANSWER) {
            throw new InvalidAnswer("the answer is longer than " + LONGEST_ANSWER + " characters");
        }
        // A field that every answer has.
        var field = root.path("required").get(0).asString();
        var answer = JsonInText.objectWith(field, reply.text())
                .orElseThrow(() -> new InvalidAnswer("there is no JSON object with '" + field + "' in it"));
        var errors = schema.validate(answer);
        if (!errors.isEmpty()) {
            throw new InvalidAnswer(told(errors));
        }
        return answer;
    }

    private static String told(List<Error> errors) {
        return errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .collect(Collectors.joining("; "));
    }

    private static ObjectNode read(String part) {
        return (ObjectNode) JSON.readTree(Resource.text("schemas/" + Prompts.VERSION + "/" + part + ".json"));
    }

    private static ObjectNode merged(ObjectNode left, ObjectNode right) {
        var merged = left.deepCopy();
        ((ObjectNode) merged.get("properties")).setAll((ObjectNode) right.get("properties"));
        right.get("required").forEach(merged.withArray("required")::add);
        return merged;
    }
}
