package io.memoryreflector.ingest.config;

import io.memoryreflector.ingest.recall.Recalling;
import io.memoryreflector.ingest.retention.Cleanup;
import io.memoryreflector.schemas.InteractionLimits;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Describes what parameters take. The endpoints read them as texts, so as to say what is wrong with one, and the library
 * that describes them sees no more than that. A name means the same wherever it stands.
 */
final class DocumentedParameters {

    private static final String[] TIERS = {"episodic", "semantic", "procedural"};
    private static final String NAMESPACE = "^[a-z0-9._-]{1,64}$";
    private static final int REASON = 1_000;
    private static final int QUESTION = 8_192;

    private static final Map<String, Supplier<Schema<?>>> BY_NAME = new HashMap<>();

    static {
        put(
                () -> text(InteractionLimits.MAX_ID_BYTES).description("Any text of up to 256 bytes of UTF-8."),
                "user",
                "session");
        put(() -> new StringSchema().pattern(NAMESPACE).example("default"), "vectorstore_name");
        put(() -> text(QUESTION).pattern("\\S").example("What do I like?"), "query");
        put(() -> number(1, 1_000), "limit");
        put(() -> number(1, Recalling.MAX_TOKENS), "max_tokens");
        put(() -> number(1, Cleanup.MOST_DAYS), "retention_days");
        put(() -> number(1, 10_000), "page");
        put(() -> number(1, 100), "page_size");
        put(() -> oneOf(TIERS), "tier");
        put(() -> new StringSchema().pattern("^[a-z0-9-]{1,32}$").example("next"), "shadow");
        put(() -> number(0, 100), "examples");
        put(() -> new ArraySchema().items(oneOf(TIERS)).minItems(1), "tiers");
        put(() -> oneOf("discrete", "summary", "raw", "all"), "memory_type");
        put(() -> oneOf("parked", "replayed", "discarded"), "state");
        put(() -> oneOf("rest", "kafka", "rabbitmq", "mcp", "sdk", "import"), "source");
        put(DateTimeSchema::new, "as_of", "known_at", "from", "to");
        put(
                () -> new ComposedSchema().addOneOfItem(new DateSchema()).addOneOfItem(new DateTimeSchema()),
                "start_date",
                "end_date");
        put(BooleanSchema::new, "explain");
        put(() -> new BooleanSchema()._enum(List.of(false)), "delete_linked");
        put(() -> text(REASON), "reason");
        put(() -> text(256).pattern("\\S"), "Idempotency-Key");
        put(
                () -> new StringSchema()
                        .pattern("^([0-5]?[0-9]s?|60s?|[0-9]{1,4}ms)$")
                        .example("200ms"),
                "wait");
        put(
                () -> new StringSchema()
                        .pattern("^raw_[0-9a-f-]{36}_[1-9][0-9]{0,5}$")
                        .example("raw_019a1d3e-7c00-7000-8000-000000000000_3"),
                "raw_memory_id");
        put(
                () -> new StringSchema().format("cursor").description("next_cursor of the page before, as it is."),
                "cursor");
    }

    private DocumentedParameters() {}

    static void addTo(OpenAPI api) {
        api.getPaths().forEach((path, operations) -> operations.readOperations().forEach(operation -> {
            if (operation.getParameters() != null) {
                operation.getParameters().forEach(parameter -> describe(path, parameter));
            }
        }));
    }

    private static void describe(String path, Parameter parameter) {
        if (parameter.getName().equals("namespace") && parameter.getSchema().getDefault() != null) {
            // Where it is no filter but a place.
            parameter.getSchema().pattern(NAMESPACE);
        }
        if (Boolean.TRUE.equals(parameter.getRequired())) {
            // An empty one counts as none; without a segment it is another path.
            parameter.getSchema().minLength(1);
        }
        if (!BY_NAME.containsKey(parameter.getName())) {
            return;
        }
        var schema = BY_NAME.get(parameter.getName()).get();
        if (path.endsWith("/recall") && parameter.getName().equals("limit")) {
            schema = number(1, Recalling.MAX_LIMIT);
        }
        if (schema instanceof ArraySchema) {
            parameter.style(Parameter.StyleEnum.FORM).explode(false);
        }
        parameter.setSchema(schema);
    }

    private static void put(Supplier<Schema<?>> schema, String... names) {
        Arrays.stream(names).forEach(name -> BY_NAME.put(name, schema));
    }

    private static Schema<?> text(int most) {
        return new StringSchema().minLength(1).maxLength(most);
    }

    private static Schema<?> number(int least, int most) {
        return new IntegerSchema().minimum(BigDecimal.valueOf(least)).maximum(BigDecimal.valueOf(most));
    }

    private static Schema<String> oneOf(String... values) {
        var schema = new StringSchema();
        schema.setEnum(List.of(values));
        return schema;
    }
}
