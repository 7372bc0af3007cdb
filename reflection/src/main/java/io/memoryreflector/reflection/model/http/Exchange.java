package io.memoryreflector.reflection.model.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** One request under way, and a hand on it. Thread-safe. */
final class Exchange {

    private final CappedBody body;
    private final CompletableFuture<HttpResponse<byte[]>> response;

    private Exchange(CappedBody body, CompletableFuture<HttpResponse<byte[]>> response) {
        this.body = body;
        this.response = response;
    }

    static Exchange start(HttpClient client, HttpRequest request, int mostBytes) {
        var body = new CappedBody(mostBytes);
        return new Exchange(body, client.sendAsync(request, head -> body));
    }

    CompletableFuture<HttpResponse<byte[]>> response() {
        return response;
    }

    /** Ends it and its connection; nothing happens where it is over. */
    void cancel() {
        if (response.isDone()) {
            return;
        }
        // The client only promises to try; a body that is hung up on ends for certain.
        body.cancel();
        response.cancel(true);
    }
}
