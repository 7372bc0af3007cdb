package io.memoryreflector.ingest.interactions;

import io.memoryreflector.ingest.problem.JsonProblems;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Splits a batch into its items, each of which is read by itself, so that one that cannot be read spoils no other. */
final class BatchBody {

    private final JsonMapper json;

    BatchBody(JsonMapper json) {
        this.json = json;
    }

    /**
     * The items of a JSON array.
     *
     * @return each of which throws {@link RequestProblem} where it cannot be read
     */
    List<Supplier<InteractionRequest>> array(byte[] body) {
        JsonNode tree;
        try {
            tree = json.readTree(body);
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
        if (!tree.isArray()) {
            throw RequestProblem.parameter("body", "takes a JSON array, or lines with application/x-ndjson");
        }
        var items = new ArrayList<Supplier<InteractionRequest>>(tree.size());
        tree.forEach(node -> items.add(() -> read(() -> json.treeToValue(node, InteractionRequest.class))));
        return items;
    }

    /** The items of newline-delimited JSON; blank lines are skipped. */
    List<Supplier<InteractionRequest>> lines(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .<Supplier<InteractionRequest>>map(
                        line -> () -> read(() -> json.readValue(line, InteractionRequest.class)))
                .toList();
    }

    private static InteractionRequest read(Supplier<InteractionRequest> reader) {
        try {
            var request = reader.get();
            if (request == null) {
                throw RequestProblem.parameter("body", "got null, takes an object");
            }
            return request;
        } catch (JacksonException e) {
            throw JsonProblems.of(e);
        }
    }
}
