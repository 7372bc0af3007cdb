package io.memoryreflector.ingest.seeds;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.util.Locale;

/** Which level of the hierarchy is asked for. */
enum MemoryType {
    DISCRETE,
    SUMMARY,
    RAW,
    ALL;

    /**
     * All where none is named.
     *
     * @throws RequestProblem 400 on a name that none has
     */
    static MemoryType of(String name) {
        if (name == null || name.isBlank()) {
            return ALL;
        }
        try {
            return valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RequestProblem.parameter("memory_type", "got '" + name + "', takes discrete, summary, raw or all");
        }
    }

    /** Whether a level is shown. */
    boolean shows(MemoryType level) {
        return this == ALL || this == level;
    }
}
