package io.memoryreflector.ingest.config;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.TreeMap;

/** Describes what every operation may answer beside its own: filters and advice give it, which no method declares. */
final class DocumentedProblems {

    private static final String PROBLEM = "Problem";
    private static final String ONE_LETTER = "/api/v1/dead-letters/{id}";

    private static final Map<String, String> OF_ALL = new TreeMap<>(Map.of(
            "400", "The request is wrong; detail names the parameter, what it got and what it takes.",
            "401", "A key is needed, and none or a wrong one was given.",
            "403", "The key's role may not do this.",
            "404", "It is not known, or another namespace's.",
            "406", "None of the types that are accepted is to be had.",
            "409", "An id is taken by something else, or something of the kind is under way already.",
            "429", "Too many requests; Retry-After says when to come again.",
            "503", "A server behind this one does not answer; Retry-After says when to come again."));

    private static final Map<String, String> OF_BODIES = new TreeMap<>(Map.of(
            "413", "The body, or a part of it, is too large.",
            "415", "The body's type is none that is taken.",
            "422", "The body is understood and wrong; errors name the fields."));

    private DocumentedProblems() {}

    static void addTo(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        api.getComponents().addSchemas(PROBLEM, problem());
        api.getPaths().forEach((path, operations) -> operations.readOperations().forEach(operation -> {
            addTo(operation);
            if (path.startsWith(ONE_LETTER)) {
                add(operation, "410", "It was there, and is older than the topic keeps or its user is forgotten.");
            }
        }));
    }

    private static void addTo(Operation operation) {
        OF_ALL.forEach((status, text) -> add(operation, status, text));
        if (operation.getRequestBody() != null) {
            OF_BODIES.forEach((status, text) -> add(operation, status, text));
        }
    }

    /** What an operation says of itself stays. */
    private static void add(Operation operation, String status, String text) {
        operation
                .getResponses()
                .putIfAbsent(
                        status,
                        new ApiResponse()
                                .description(text)
                                .content(new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }

    /** RFC 9457. */
    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What is wrong, by RFC 9457.")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema().example("Unprocessable Content"))
                .addProperty("status", new IntegerSchema().example(422))
                .addProperty("detail", new StringSchema().example("user_id: is missing, takes a text"))
                .addProperty("instance", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema().example("user_id"))
                                        .addProperty(
                                                "message", new StringSchema().example("is missing, takes a text"))))
                .addRequiredItem("status")
                .addRequiredItem("title");
    }
}
