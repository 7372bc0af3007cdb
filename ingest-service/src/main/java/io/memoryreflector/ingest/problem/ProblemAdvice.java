package io.memoryreflector.ingest.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import redis.clients.jedis.exceptions.JedisException;
import tools.jackson.core.JacksonException;

/** Turns whatever an endpoint or the framework throws into a problem. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> requestProblem(RequestProblem problem) {
        var headers = new HttpHeaders();
        problem.retryAfter().ifPresent(after -> headers.set(HttpHeaders.RETRY_AFTER, Problems.seconds(after)));
        return Problems.answer(Problems.of(problem), headers);
    }

    @ExceptionHandler({JedisException.class, Neo4jException.class})
    ResponseEntity<Object> storeFailed(RuntimeException failure) {
        return StoreFailures.problem(failure).map(this::requestProblem).orElseGet(() -> unexpected(failure));
    }

    @ExceptionHandler
    ResponseEntity<Object> queryStringUnreadable(InvalidParameterException failure) {
        return requestProblem(RequestProblem.parameter("query string", "takes UTF-8 in percent-encoding"));
    }

    /** Spring Boot's health endpoint throws these for a path that cannot be a component's. */
    @ExceptionHandler({IllegalArgumentException.class, IllegalStateException.class})
    ResponseEntity<Object> illegal(RuntimeException failure, HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/health/")
                ? requestProblem(RequestProblem.of(HttpStatus.NOT_FOUND, "There is no such endpoint."))
                : unexpected(failure);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure) {
        var incident = UUID.randomUUID();
        LOG.error("unexpected failure of a request, incident {}", incident, failure);
        return Problems.answer(
                Problems.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Unexpected failure. The service's log has it as incident " + incident + ".",
                        List.of()),
                new HttpHeaders());
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestTooLarge tooLarge) {
                return Problems.answer(
                        Problems.of(HttpStatus.CONTENT_TOO_LARGE, tooLarge.getMessage(), List.of()), headers);
            }
        }
        if (failure.getCause() instanceof JacksonException json) {
            return requestProblem(JsonProblems.of(json));
        }
        return requestProblem(RequestProblem.parameter("body", "is missing or cannot be read, takes a JSON object"));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return requestProblem(RequestProblem.parameter(failure.getParameterName(), "is missing, takes a text"));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            return unexpected(failure);
        }
        var detail = body instanceof ProblemDetail problem
                ? problem.getDetail()
                : failure instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        return Problems.answer(
                Problems.of(status, detail == null ? Problems.title(status.value()) : detail, List.of()), headers);
    }
}
