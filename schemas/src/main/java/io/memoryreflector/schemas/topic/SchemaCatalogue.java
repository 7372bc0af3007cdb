package io.memoryreflector.schemas.topic;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.avro.Schema;

/**
 * Registers the schema of every topic over Confluent's REST interface, and has the registry refuse whatever could not
 * read all that was ever written. Idempotent. Thread-safe.
 */
public final class SchemaCatalogue {

    /** A new version must read all earlier ones. */
    public static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient http;
    private final String base;
    private final Duration timeout;

    /**
     * @param registryUrl base address of the registry, without a path
     * @param timeout of each call
     */
    public SchemaCatalogue(String registryUrl, Duration timeout) {
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.base = registryUrl + "/apis/ccompat/v7";
        this.timeout = timeout;
    }

    /**
     * Registers every topic's schema.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses a schema
     */
    public void ensure() throws IOException {
        for (var topic : Topics.all()) {
            register(topic.subject(), topic.schema());
            send("PUT", "/config/" + encode(topic.subject()), "{\"compatibility\":\"" + COMPATIBILITY + "\"}");
        }
    }

    /** Registers one schema; returns the registry's answer. */
    String register(String subject, Schema schema) throws IOException {
        return send("POST", "/subjects/" + encode(subject) + "/versions", body(schema));
    }

    private String send(String method, String path, String body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("Content-Type", TYPE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("SCHEMA_REGISTRY_URL: " + base + path + " answered "
                        + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the schema registry", e);
        }
    }

    private static String body(Schema schema) {
        return "{\"schema\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(schema.toString())) + "\"}";
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
