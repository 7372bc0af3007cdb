package io.memoryreflector.ingest.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** How a problem looks: one type per status, errors by field. */
public final class Problems {

    private static final String TYPE = "urn:memory-reflector:problem:";

    private Problems() {}

    /** The problem's body. */
    public static ProblemDetail of(HttpStatusCode code, String detail, List<FieldProblem> errors) {
        var problem = ProblemDetail.forStatusAndDetail(code, detail);
        problem.setType(URI.create(type(code.value())));
        problem.setTitle(title(code.value()));
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    /** The body of a problem that is already an exception. */
    public static ProblemDetail of(RequestProblem problem) {
        return of(problem.status(), problem.getMessage(), problem.errors());
    }

    /** A duration as {@code Retry-After} takes it: whole seconds, never too few. */
    public static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static String type(int status) {
        return TYPE + title(status).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    static String title(int status) {
        var known = HttpStatus.resolve(status);
        return known == null ? "Status " + status : known.getReasonPhrase();
    }
}
