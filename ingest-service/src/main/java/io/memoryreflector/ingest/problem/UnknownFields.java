package io.memoryreflector.ingest.problem;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Refuses fields that nobody reads: who mistypes a filter or a limit must not act on more than was meant. */
public final class UnknownFields {

    private UnknownFields() {}

    /**
     * @param path before each field's name
     * @param unknown what was in the body beside the known fields; may be null
     * @param takes the fields that are known
     * @throws RequestProblem 400 that names every unknown field
     */
    public static void refuse(String path, Map<String, Object> unknown, String takes) {
        if (unknown != null && !unknown.isEmpty()) {
            List<FieldProblem> problems = unknown.keySet().stream()
                    .sorted()
                    .map(name -> new FieldProblem(path + name, "is not known, takes " + takes))
                    .toList();
            throw RequestProblem.invalid(HttpStatus.BAD_REQUEST, problems);
        }
    }
}
