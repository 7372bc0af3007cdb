package io.memoryreflector.reflection.model.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The model library's client, which does what the thread's call does. The library has no way to hand a deadline down to
 * its client, but it calls it on the thread that calls the model; and a model is too dear to be made for each call.
 *
 * @param call of this thread, null outside of one
 */
record CurrentCall(Supplier<Call> call) implements HttpClient, HttpClientBuilder {

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        var current = call.get();
        if (current == null) {
            throw new IllegalStateException("a model was used outside of a call");
        }
        return current.execute(request);
    }

    /** @throws UnsupportedOperationException always: answers are read whole */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are read whole");
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return null;
    }

    /** The exchanges have their own. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return null;
    }

    /** The call's deadline is what counts. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }
}
