package io.memoryreflector.ingest.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A server that is asked over HTTP how it is. Thread-safe. */
public final class HttpServer {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI address;

    public HttpServer(URI address) {
        this.address = address;
    }

    /**
     * What it answers. Waits two seconds at most.
     *
     * @throws IOException where it does not answer, or with a status of 500 and more
     */
    public String get() throws IOException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 500) {
                throw new IOException("it answers " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
