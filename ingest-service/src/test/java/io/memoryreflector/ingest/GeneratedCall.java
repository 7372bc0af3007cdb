package io.memoryreflector.ingest;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A call with parameters and a body that were made of a description.
 *
 * @param headers name and value in turn
 * @param body null for none
 */
record GeneratedCall(String path, List<String> headers, JsonNode body) {

    /** @param parameters values by the description of their parameter */
    static GeneratedCall of(String template, Map<JsonNode, JsonNode> parameters, JsonNode body) {
        var path = template;
        var query = new HashMap<String, String>();
        var headers = new ArrayList<String>();
        for (var parameter : parameters.entrySet()) {
            var name = parameter.getKey().get("name").asString();
            var text = text(parameter.getValue());
            switch (parameter.getKey().get("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(text));
                case "query" -> query.put(name, text);
                default -> headers.addAll(List.of(name, text.replaceAll("[^!-~]", "_")));
            }
        }
        keepInOrder(query);
        var questions = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return new GeneratedCall(questions.isEmpty() ? path : path + "?" + questions, headers, body);
    }

    HttpRequest.Builder request(Service service, String method) {
        var request = service.request(path)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (var i = 0; i < headers.size(); i += 2) {
            request.setHeader(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    /** What the description says in words: from is before to. */
    private static void keepInOrder(Map<String, String> query) {
        try {
            if (query.containsKey("from")
                    && query.containsKey("to")
                    && !OffsetDateTime.parse(query.get("from")).isBefore(OffsetDateTime.parse(query.get("to")))) {
                query.remove("to");
            }
        } catch (java.time.DateTimeException broken) {
            // Then it is about something else.
        }
    }

    /** A value as a parameter has it. */
    static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(GeneratedCall::text).collect(Collectors.joining(","))
                : value.asString();
    }

    /** As a segment of a path: dots alone would be steps in it. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    @Override
    public String toString() {
        return path + " " + headers + " " + body;
    }
}
