package io.memoryreflector.cli.retries;

import io.memoryreflector.cli.service.Resource;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Which waiting tasks are meant: those to which all of it applies. */
final class RetryFilter {

    @Option(names = "--tier", paramLabel = "TIER", description = "Of this lane: episodic, semantic, procedural.")
    private String tier;

    @Option(names = "--user", paramLabel = "USER", description = "Of this user.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Of this namespace.")
    private String namespace;

    /** Whether nothing is asked for, so that every task is meant. */
    boolean isEmpty() {
        return tier == null && user == null && namespace == null;
    }

    /** The address with the filter as parameters. */
    Resource of(Resource resource) {
        return resource.with("tier", tier).with("user_id", user).with("namespace", namespace);
    }

    /** Puts the filter's fields into a document. */
    void into(ObjectNode document) {
        put(document, "tier", tier);
        put(document, "user_id", user);
        put(document, "namespace", namespace);
    }

    private static void put(ObjectNode document, String field, String value) {
        if (value != null) {
            document.put(field, value);
        }
    }
}
