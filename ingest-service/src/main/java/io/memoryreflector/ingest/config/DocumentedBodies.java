package io.memoryreflector.ingest.config;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.Map;

/** Describes which fields of a body go together, for which its records have no words. */
final class DocumentedBodies {

    private static final String FILTERS = "Mem0Filters";
    private static final String USER = "user_id";
    private static final String RUN = "run_id";
    private static final String PATCH = "JSON merge patch (RFC 7386) on the decoded value";
    private static final List<String> OF_USER = List.of("Mem0ListRequest", "Mem0SearchRequest");

    private DocumentedBodies() {}

    /** @param api whose properties have their final names */
    static void addTo(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        schemas.get("InteractionRequest")
                .addAnyOfItem(with("messages"))
                .addAnyOfItem(with("user_message"))
                .addAnyOfItem(with("content"))
                .addAnyOfItem(with("assistant_response"));
        schemas.get("RetryNowRequest")
                .addOneOfItem(with("interaction_id").maxProperties(1))
                .addOneOfItem(new Schema<>().not(with("interaction_id")));
        for (var replay : List.of("ReplayRequest", "ReplayOne")) {
            // A tree of JSON, which the library takes for a text.
            schemas.get(replay).addProperty("patch", new ObjectSchema().description(PATCH));
        }
        schemas.get("Mem0AddRequest")
                .addProperty(
                        "infer",
                        new BooleanSchema()
                                ._enum(List.of(true))
                                .description("true or absent: everything is reflected"));
        schemas.put(FILTERS, filters());
        OF_USER.forEach(name -> ofUser(schemas.get(name)));
        ((Schema<?>) schemas.get("StoreRawRequest").getProperties().get("metadata"))
                .addProperty(USER, new StringSchema().pattern("\\S").maxLength(256));
    }

    /** Whose memories: by name, or in filters. */
    private static void ofUser(Schema<?> request) {
        request.getProperties().put("filters", new Schema<>().$ref("#/components/schemas/" + FILTERS));
        request.addOneOfItem(with(USER)).addOneOfItem(with("filters"));
        request.dependentRequired(Map.of(RUN, List.of(USER)));
    }

    private static Schema<?> filters() {
        var user = object().addProperty(USER, text().maxLength(256)).addRequiredItem(USER);
        var run = object().addProperty(RUN, text()).addRequiredItem(RUN);
        var all = new ArraySchema();
        all.prefixItems(List.of(user, run)).minItems(1).maxItems(2);
        return object().addProperty(USER, text().maxLength(256))
                .addProperty(RUN, text())
                .description("user_id and run_id, or AND with a list of them.")
                .addProperty("AND", all)
                .addOneOfItem(with(USER))
                .addOneOfItem(with("AND").maxProperties(1));
    }

    /** With no fields but those that are added. */
    private static Schema<?> object() {
        var object = new ObjectSchema();
        object.additionalProperties(false);
        return object;
    }

    private static Schema<?> text() {
        return new StringSchema().minLength(1);
    }

    private static Schema<?> with(String field) {
        return new Schema<>().addRequiredItem(field);
    }
}
