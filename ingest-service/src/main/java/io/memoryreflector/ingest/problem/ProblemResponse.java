package io.memoryreflector.ingest.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem from a filter, where no endpoint is in sight. Thread-safe. */
@Component
public final class ProblemResponse {

    private final JsonMapper json;

    ProblemResponse(JsonMapper json) {
        this.json = json;
    }

    /** Writes the whole answer; headers that are set already stay. */
    public void write(HttpServletResponse response, RequestProblem problem) throws IOException {
        response.setStatus(problem.status().value());
        problem.retryAfter().ifPresent(after -> response.setHeader(HttpHeaders.RETRY_AFTER, Problems.seconds(after)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), Problems.of(problem));
    }
}
