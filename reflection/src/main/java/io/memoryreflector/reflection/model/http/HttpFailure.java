package io.memoryreflector.reflection.model.http;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** An endpoint answered with a status that is no success. */
public final class HttpFailure extends HttpException {

    private final transient ErrorBody error;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param error what the endpoint says of it
     * @param retryAfter how long it wants to be left alone
     */
    HttpFailure(int status, ErrorBody error, Optional<Duration> retryAfter) {
        super(status, "the model endpoint answered " + status + error);
        this.error = error;
        this.retryAfter = retryAfter;
    }

    /** What the endpoint says of it. */
    public ErrorBody error() {
        return error;
    }

    /** How long it wants to be left alone, where it says so. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
