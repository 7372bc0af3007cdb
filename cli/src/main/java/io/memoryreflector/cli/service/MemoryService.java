package io.memoryreflector.cli.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ingest-service over HTTP: each call is one request that ends in bounded time. Thread-safe. */
public final class MemoryService {

    private static final String JSON = "application/json";

    private final HttpClient http;
    private final String base;
    private final Duration timeout;
    private final Optional<ApiKey> key;
    private final Exchanges exchanges;

    /**
     * @param base such as {@code http://127.0.0.1:8080}; may have a path
     * @param timeout from the request to the whole answer
     * @param key empty for a service that asks for none
     */
    public MemoryService(
            URI base, Duration connectTimeout, Duration timeout, Optional<ApiKey> key, Exchanges exchanges) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
        this.base = base.toString().replaceFirst("/+$", "");
        this.timeout = timeout;
        this.key = key;
        this.exchanges = exchanges;
    }

    /**
     * Reads.
     *
     * @throws ServiceFailure where the answer is missing or is none of the 2xx
     */
    public Answer get(Resource resource) {
        return succeeded(send(resource, request(resource).GET()));
    }

    /**
     * Reads, and takes an answer of any status for one.
     *
     * @throws NoAnswer where there is none
     */
    public Answer ask(Resource resource) {
        return send(resource, request(resource).GET());
    }

    /**
     * Deletes.
     *
     * @throws ServiceFailure where the answer is missing or is none of the 2xx
     */
    public Answer delete(Resource resource) {
        return succeeded(send(resource, request(resource).DELETE()));
    }

    /**
     * Reads an answer of many lines, one after the other; none may take longer than the timeout.
     *
     * @throws ServiceFailure where the answer is missing, breaks off or is none of the 2xx
     */
    public void lines(Resource resource, Consumer<String> reader) {
        var begun = System.nanoTime();
        var outcome = "interrupted";
        var lines = Executors.newSingleThreadExecutor(Lines::daemon);
        try {
            var request =
                    request(resource).setHeader("Accept", Lines.ACCEPTED).GET().build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            outcome = Integer.toString(response.statusCode());
            try (var body = response.body()) {
                if (response.statusCode() / 100 != 2) {
                    succeeded(new Answer(response.statusCode(), body.readAllBytes(), retryAfter(response)));
                }
                Lines.read(body, lines, timeout, reader);
            }
        } catch (IOException e) {
            outcome = e.toString();
            throw new NoAnswer(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } finally {
            lines.shutdownNow();
            exchanges.ended("GET", resource.path(), outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /**
     * Writes a document.
     *
     * @throws ServiceFailure where the answer is missing or is none of the 2xx
     */
    public Answer post(Resource resource, JsonNode document) {
        return post(resource, JSON, JsonMapper.shared().writeValueAsBytes(document));
    }

    /**
     * Writes a body of any type.
     *
     * @throws ServiceFailure where the answer is missing or is none of the 2xx
     */
    public Answer post(Resource resource, String contentType, byte[] body) {
        return succeeded(send(
                resource,
                request(resource).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body))));
    }

    private HttpRequest.Builder request(Resource resource) {
        var request = HttpRequest.newBuilder(URI.create(base + "/" + resource))
                .timeout(timeout)
                .header("Accept", JSON);
        key.ifPresent(it -> request.header("Authorization", it.authorization()));
        return request;
    }

    private Answer send(Resource resource, HttpRequest.Builder builder) {
        var request = builder.build();
        var begun = System.nanoTime();
        var outcome = "interrupted";
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            outcome = Integer.toString(response.statusCode());
            return new Answer(response.statusCode(), response.body(), retryAfter(response));
        } catch (IOException e) {
            outcome = e.toString();
            throw new NoAnswer(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } finally {
            exchanges.ended(request.method(), resource.path(), outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private String reason(IOException failure) {
        if (failure instanceof ConnectException || failure instanceof java.net.http.HttpConnectTimeoutException) {
            return base
                    + " does not answer: start the service ('make run'), or name its address with --url or REFLECTOR_URL";
        }
        if (failure instanceof HttpTimeoutException) {
            return base + " gave no answer within " + timeout.toMillis() + " ms: try again, or raise --timeout";
        }
        return base + " broke the connection off (" + failure.getMessage() + "): try again";
    }

    private static Answer succeeded(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new Refusal(Problem.of(answer.status(), answer.json()), answer.retryAfter());
        }
        return answer;
    }

    /** Of the header's two forms, only seconds are in use here. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
