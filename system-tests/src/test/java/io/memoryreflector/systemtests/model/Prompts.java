package io.memoryreflector.systemtests.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chat requests as the reflector sends them: pure. */
final class Prompts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String AT = "2026-05-02T10:00:00Z";

    private Prompts() {}

    /** One interaction for each text, said by Ada. */
    static JsonNode chat(String tier, String... texts) {
        return chat(tier, List.of(), texts);
    }

    static JsonNode chat(String tier, List<Map<String, Object>> known, String... texts) {
        var interactions = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            var ref = "I" + (interactions.size() + 1);
            interactions.add(Map.of(
                    "ref",
                    ref,
                    "at",
                    AT,
                    "context",
                    List.of(),
                    "messages",
                    List.of(Map.of("ref", ref + ".1", "speaker", "Ada", "role", "user", "at", AT, "text", text))));
        }
        return request(tier, Map.of("tier", tier, "known", known, "interactions", interactions));
    }

    /** A session with one memory for each text. */
    static JsonNode session(String... texts) {
        var memories = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            memories.add(Map.of("ref", "M" + (memories.size() + 1), "kind", "episodic", "at", AT, "text", text));
        }
        return request("session", Map.of("tier", "session", "memories", memories));
    }

    private static JsonNode request(String tier, Map<String, Object> prompt) {
        var content = JSON.writeValueAsString(prompt);
        return JSON.valueToTree(Map.of(
                "model",
                "stub",
                "response_format",
                Map.of("type", "json_schema", "json_schema", Map.of("name", tier, "schema", Map.of())),
                "messages",
                List.of(Map.of("role", "system", "content", "Extract."), Map.of("role", "user", "content", content))));
    }

    /** A fact that is known since so many days before the conversation; a negative number for after. */
    static Map<String, Object> known(String subject, String predicate, String object, int daysBefore) {
        return Map.of(
                "ref",
                "K1",
                "subject",
                subject,
                "predicate",
                predicate,
                "object",
                object,
                "statement",
                subject + " " + predicate + " " + object,
                "since",
                Instant.parse(AT).minus(Duration.ofDays(daysBefore)).toString());
    }
}
