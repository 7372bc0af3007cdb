package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.service.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which dead letters are meant: those to which all of it applies. */
final class DeadLetterFilter {

    @Option(names = "--tier", paramLabel = "TIER", description = "Of this lane: episodic, semantic, procedural.")
    private String tier;

    @Option(names = "--error", paramLabel = "TEXT", description = "With this in the error's class or message.")
    private String error;

    @Option(names = "--user", paramLabel = "USER", description = "Of this user.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Of this namespace.")
    private String namespace;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "That came from this topic.")
    private String topic;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "In this state: parked, replayed, discarded (default: parked).")
    private String state;

    @Option(names = "--from", paramLabel = "TIME", description = "Parked then or later, such as 2026-05-02T10:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Parked before then.")
    private String to;

    /** Whether nothing is asked for, so that every parked one is meant. */
    boolean isEmpty() {
        return given().isEmpty();
    }

    /** The address with the filter as parameters. */
    Resource of(Resource resource) {
        var filtered = resource;
        for (var parameter : given().entrySet()) {
            filtered = filtered.with(parameter.getKey(), parameter.getValue());
        }
        return filtered;
    }

    /** The filter as a document. */
    ObjectNode document() {
        var document = JsonMapper.shared().createObjectNode();
        given().forEach(document::put);
        return document;
    }

    private Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        given.put("tier", tier);
        given.put("error", error);
        given.put("user_id", user);
        given.put("namespace", namespace);
        given.put("topic", topic);
        given.put("state", state);
        given.put("from", from);
        given.put("to", to);
        given.values().removeIf(value -> value == null);
        return given;
    }
}
