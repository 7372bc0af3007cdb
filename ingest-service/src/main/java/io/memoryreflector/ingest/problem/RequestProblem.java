package io.memoryreflector.ingest.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** A request that cannot be served, and the status that says so. Carries no stack trace: it is an answer, not a fault. */
public final class RequestProblem extends RuntimeException {

    private final HttpStatus status;
    private final transient List<FieldProblem> errors;
    private final Duration retryAfter;

    private RequestProblem(HttpStatus status, String detail, List<FieldProblem> errors, Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A body that was read but says what cannot be. */
    public static RequestProblem invalid(HttpStatus status, List<FieldProblem> errors) {
        return new RequestProblem(status, summary(errors), errors, null);
    }

    /** A query parameter or path segment that cannot be. */
    public static RequestProblem parameter(String name, String message) {
        return invalid(HttpStatus.BAD_REQUEST, List.of(new FieldProblem(name, message)));
    }

    /** Any other status. */
    public static RequestProblem of(HttpStatus status, String detail) {
        return new RequestProblem(status, detail, List.of(), null);
    }

    /** 503: come back later. */
    public static RequestProblem unavailable(String detail, Duration retryAfter) {
        return new RequestProblem(HttpStatus.SERVICE_UNAVAILABLE, detail, List.of(), retryAfter);
    }

    /** 429: too much for now. */
    public static RequestProblem tooMany(String detail, Duration retryAfter) {
        return new RequestProblem(HttpStatus.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
    }

    public HttpStatus status() {
        return status;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    /** When it is worth trying again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static String summary(List<FieldProblem> errors) {
        var first = errors.get(0);
        var more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more, see errors)";
        return first.field() + ": " + first.message() + more;
    }
}
