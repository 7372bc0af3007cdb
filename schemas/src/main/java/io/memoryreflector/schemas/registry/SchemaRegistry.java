package io.memoryreflector.schemas.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry behind Confluent's REST interface
 * (<a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">API reference</a>).
 *
 * <p>What an id means never changes, so what the registry has said is kept and not asked again. Asked a few times in the
 * life of a process, it keeps no connection and no thread. Thread-safe; each call blocks up to its time-out.
 */
public final class SchemaRegistry {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final Duration timeout;
    private final Map<Registered, Integer> registered = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private record Registered(String subject, Schema schema) {}

    /**
     * @param url base address of the interface, with {@code user:password@} where it asks for them
     * @param timeout of connecting and of each wait for bytes
     */
    public SchemaRegistry(String url, Duration timeout) {
        this.base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        this.timeout = timeout;
    }

    /** An address as it may be shown: without what comes before an {@code @}. */
    public static String shown(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    /**
     * Registers a schema under a subject, or finds it there; returns its id.
     *
     * @throws IOException if the registry does not answer, or not about the schema
     * @throws IllegalStateException if it refuses the schema
     */
    public int register(String subject, Schema schema) throws IOException {
        var key = new Registered(subject, schema);
        var known = registered.get(key);
        if (known != null) {
            return known;
        }
        var id = registerAnew(subject, schema);
        schemas.putIfAbsent(id, schema);
        registered.put(key, id);
        return id;
    }

    private int registerAnew(String subject, Schema schema) throws IOException {
        var path = "/subjects/" + encode(subject) + "/versions";
        var body =
                "{\"schema\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(schema.toString())) + "\"}";
        var answer = send("POST", path, body);
        return number(field(refusalsOut(path, answer).body(), "id"))
                .orElseThrow(() -> new IOException(shown(base + path) + " answered without an id"));
    }

    /**
     * Has the registry refuse new versions of a subject that do not keep to this level.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses
     */
    public void keepCompatible(String subject, String level) throws IOException {
        var path = "/config/" + encode(subject);
        refusalsOut(path, send("PUT", path, "{\"compatibility\":\"" + level + "\"}"));
    }

    /**
     * Takes away a subject with all its versions; nothing where there is none. What was written with them can still be
     * read as long as another subject has the same schema.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses
     */
    public void delete(String subject) throws IOException {
        registered.keySet().removeIf(known -> known.subject().equals(subject));
        var path = "/subjects/" + encode(subject);
        // Confluent's takes away for good only what was taken away before.
        for (var step : List.of(path, path + "?permanent=true")) {
            var answer = send("DELETE", step, null);
            if (answer.status() != NOT_FOUND) {
                refusalsOut(path, answer);
            }
        }
    }

    /**
     * The subjects that begin so.
     *
     * @throws IOException if the registry does not answer
     * @throws IllegalStateException if it refuses
     */
    public List<String> subjects(String prefix) throws IOException {
        // What was taken away in part is found again.
        var path = "/subjects?deleted=true";
        var found = new ArrayList<String>();
        try (var parser =
                JSON.createParser(refusalsOut(path, send("GET", path, null)).body())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && parser.getText().startsWith(prefix)) {
                    found.add(parser.getText());
                }
            }
        }
        return found;
    }

    /**
     * The schema of an id; empty if the registry has none.
     *
     * @throws IOException if the registry does not answer, or not about the schema
     */
    public Optional<Schema> schema(int id) throws IOException {
        var known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        ask(id).ifPresent(schema -> schemas.putIfAbsent(id, schema));
        return Optional.ofNullable(schemas.get(id));
    }

    private Optional<Schema> ask(int id) throws IOException {
        var path = "/schemas/ids/" + Integer.toUnsignedString(id);
        var answer = send("GET", path, null);
        return answer.status() == NOT_FOUND
                ? Optional.empty()
                : field(refusalsOut(path, answer).body(), "schema").map(text -> new Schema.Parser().parse(text));
    }

    private record Answer(int status, String body) {}

    private Answer refusalsOut(String path, Answer answer) {
        if (answer.status() >= 300) {
            throw new IllegalStateException("SCHEMA_REGISTRY_URL: " + shown(base + path) + " answered "
                    + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    private Answer send(String method, String path, String body) throws IOException {
        var connection = (HttpURLConnection) withoutUser(base + path).toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", TYPE);
        if (base.getUserInfo() != null) {
            var user = base.getUserInfo().getBytes(StandardCharsets.UTF_8);
            connection.setRequestProperty(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", TYPE);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        var status = connection.getResponseCode();
        if (status < 0 || status == 401 || status == 403 || status == 429 || status >= 500) {
            connection.disconnect();
            throw new IOException("the schema registry at " + shown(base.toString()) + " answered " + status);
        }
        try (var bytes = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return new Answer(status, text(bytes));
        }
    }

    private static URI withoutUser(String url) {
        return URI.create(shown(url));
    }

    private static String text(InputStream bytes) throws IOException {
        return bytes == null ? "" : new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static OptionalInt number(Optional<String> text) {
        return text.map(Integer::parseInt).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** A field of an object, as text. */
    private static Optional<String> field(String json, String name) throws IOException {
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return Optional.of(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
