package io.memoryreflector.reflection.model;

import dev.langchain4j.exception.ContentFilteredException;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionFailure.Permanent;
import io.memoryreflector.reflection.ReflectionFailure.ProviderDown;
import io.memoryreflector.reflection.ReflectionFailure.Transient;
import io.memoryreflector.reflection.model.http.ErrorBody;
import io.memoryreflector.reflection.model.http.HttpFailure;
import io.memoryreflector.reflection.model.http.NoAnswer;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/** What each error of an endpoint means for the tasks: the one place that decides it. */
final class ModelFailures {

    /** How long an endpoint is left alone that answers nobody: a revoked key, a missing model, a spent quota. */
    static final Duration SHUT_FOR = Duration.ofSeconds(60);

    /** Parameters of a request that come from settings and not from what is asked about. */
    private static final Set<String> SETTINGS =
            Set.of("model", "temperature", "max_tokens", "max_completion_tokens", "response_format");

    private ModelFailures() {}

    /** What an error means; one that is not the endpoint's is a bug, which stays. */
    static ReflectionFailure of(Throwable error) {
        var httpFailure = find(error, HttpFailure.class);
        if (httpFailure.isPresent()) {
            return of(httpFailure.get());
        }
        var refusal = find(error, ContentFilteredException.class);
        if (refusal.isPresent()) {
            return new Permanent(refusal.get());
        }
        if (isUnreachable(error)) {
            return new ProviderDown(error, ReflectionFailure.UNREACHABLE_FOR);
        }
        if (find(error, SSLHandshakeException.class).isPresent()) {
            return new ProviderDown(error, SHUT_FOR);
        }
        return find(error, NoAnswer.class)
                .<ReflectionFailure>map(noAnswer -> new Transient(noAnswer, Optional.empty()))
                .orElseGet(() -> ReflectionFailure.of(error));
    }

    /** The endpoint's own error, where it answered with one. */
    static Optional<HttpFailure> httpFailure(Throwable error) {
        return find(error, HttpFailure.class);
    }

    /** Whether {@link #of} knows the error for an endpoint's. */
    static boolean isTheEndpoints(Throwable error) {
        return find(error, HttpFailure.class).isPresent()
                || find(error, NoAnswer.class).isPresent()
                || find(error, ContentFilteredException.class).isPresent()
                || isUnreachable(error);
    }

    /** Name of the outcome in metrics. */
    static String outcome(Throwable error) {
        var httpFailure = find(error, HttpFailure.class);
        if (httpFailure.isPresent() && httpFailure.get().statusCode() == 429) {
            return "rate_limited";
        }
        if (of(error) instanceof Permanent) {
            return "refused";
        }
        return find(error, NoAnswer.class)
                        .filter(noAnswer -> noAnswer.reason() == NoAnswer.Reason.TIMEOUT)
                        .isPresent()
                ? "timeout"
                : "error";
    }

    private static ReflectionFailure of(HttpFailure failure) {
        var status = failure.statusCode();
        var error = failure.error();
        if (status == 429) {
            return error.mentions("insufficient_quota")
                    ? new ProviderDown(failure, SHUT_FOR)
                    : new Transient(failure, failure.retryAfter());
        }
        if (status == 408 || status == 409 || status == 425 || status >= 500) {
            return new Transient(failure, failure.retryAfter());
        }
        if (Stream.of("content_filter", "moderation", "flagged").anyMatch(error::mentions)) {
            return new Permanent(failure);
        }
        if (status < 400 || status >= 401 && status <= 404 || isAboutSettings(error)) {
            return new ProviderDown(failure, SHUT_FOR);
        }
        // Some servers check the answer themselves and say so with this code.
        return error.mentions("json_validate_failed")
                ? new Transient(failure, failure.retryAfter())
                : new Permanent(failure);
    }

    /** What is wrong with our settings is wrong with every request: the backlog must not go to the dead letters for it. */
    private static boolean isAboutSettings(ErrorBody error) {
        return error.mentions("api key")
                || SETTINGS.contains(error.parameter()) && !error.mentions("context length")
                || Stream.of("unsupported_parameter", "unsupported_value", "model_not_found")
                        .anyMatch(error.code()::equals);
    }

    /** Whether nobody was met at the endpoint. */
    static boolean isUnreachable(Throwable error) {
        return Stream.of(
                        ConnectException.class,
                        UnknownHostException.class,
                        NoRouteToHostException.class,
                        UnresolvedAddressException.class)
                .anyMatch(type -> find(error, type).isPresent());
    }

    private static <E> Optional<E> find(Throwable error, Class<E> type) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
