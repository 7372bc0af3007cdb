package io.memoryreflector.ingest.deadletters;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The schemas by which values were written, over Confluent's REST interface. They never change, so they are kept. */
final class WriterSchemas {

    private static final int MAX_KEPT = 1_000;
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

    private final Cache<Integer, Schema> known =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();
    private final Cache<Integer, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(UNKNOWN_FOR)
            .build();
    private final HttpClient http;
    private final JsonMapper json;
    private final String base;
    private final Duration timeout;

    /**
     * @param registryUrl base address of the registry, without a path
     * @param timeout of each call
     */
    WriterSchemas(String registryUrl, Duration timeout, JsonMapper json) {
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.json = json;
        this.base = registryUrl + "/apis/ccompat/v7/schemas/ids/";
        this.timeout = timeout;
    }

    /**
     * The schema; empty if the registry has none of this id.
     *
     * @throws IOException if the registry does not answer
     */
    Optional<Schema> find(int id) throws IOException {
        var kept = known.getIfPresent(id);
        if (kept != null || unknown.getIfPresent(id) != null) {
            return Optional.ofNullable(kept);
        }
        var fetched = fetch(id);
        fetched.ifPresentOrElse(schema -> known.put(id, schema), () -> unknown.put(id, true));
        return fetched;
    }

    private Optional<Schema> fetch(int id) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + Integer.toUnsignedLong(id)))
                .timeout(timeout)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 500) {
                throw new IOException("the schema registry answered " + answer.statusCode());
            }
            if (answer.statusCode() != 200) {
                return Optional.empty();
            }
            var schema = json.readTree(answer.body()).path("schema").asString("");
            return Optional.of(new Schema.Parser().parse(schema));
        } catch (AvroRuntimeException | JacksonException notAvro) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the schema registry", e);
        }
    }
}
