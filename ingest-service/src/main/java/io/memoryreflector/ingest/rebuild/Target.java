package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.util.Arrays;
import java.util.Locale;

/** What can be built anew. */
enum Target {
    NEO4J,
    REDIS;

    /** @throws RequestProblem 400 that names the field */
    static Target of(String name) {
        return Arrays.stream(values())
                .filter(target -> target.text().equals(name))
                .findFirst()
                .orElseThrow(() -> RequestProblem.parameter(
                        "target", (name == null ? "is missing" : "got '" + name + "'") + ", takes neo4j or redis"));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
