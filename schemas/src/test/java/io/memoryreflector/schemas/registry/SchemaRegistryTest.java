package io.memoryreflector.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what a registry's answers mean; a real registry is in {@code RegistryIT}. */
class SchemaRegistryTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{\"version\": 3, \"references\": [{\"id\": 1}], \"id\": 7}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSayWhoAsksAndShowItToNobody() throws IOException {
        var url = url("kafka:s3cret@");

        assertThat(registry(url).register("a b-value", UserForgotten.getClassSchema()))
                .isEqualTo(7);
        assertThat(asked).containsExactly("POST /base/subjects/a+b-value/versions Basic a2Fma2E6czNjcmV0");

        status = 422;
        body = "{\"error_code\": 42201}";
        assertThatThrownBy(() -> registry(url).register("a", UserForgotten.getClassSchema()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/base/subjects/a/versions answered 422: {\"error_code\": 42201}")
                .hasMessageNotContaining("s3cret");
        status = 401;
        assertThatThrownBy(() -> registry(url).schema(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("401")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldTellAnUnknownSchemaFromARegistryThatCannotAnswer() throws IOException {
        status = 404;
        assertThat(registry(url("")).schema(9)).isEmpty();

        status = 503;
        assertThatThrownBy(() -> registry(url("")).schema(9)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotWaitForEverForARegistryThatTakesTheConnectionAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var registry = new SchemaRegistry("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(300));

            assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldAskOnceForWhatNeverChanges() {
        var serdes = EventSerdes.of(url(""));
        var event = UserForgotten.newBuilder()
                .setNamespace("default")
                .setUserId("ada")
                .setErasureId("e1")
                .setErasedAt(Instant.EPOCH)
                .build();
        byte[] bytes;
        try (var serializer = serdes.<UserForgotten>serializer();
                var another = serdes.<UserForgotten>serializer();
                var deserializer = serdes.<UserForgotten>deserializer()) {
            bytes = serializer.serialize(Topics.ERASURES.name(), event);
            assertThat(another.serialize(Topics.ERASURES.name(), event)).isEqualTo(bytes);
            assertThat(deserializer.deserialize(Topics.ERASURES.name(), bytes)).isEqualTo(event);
        }
        try (var deserializer = EventSerdes.of(url("")).<UserForgotten>deserializer()) {
            body = "{\"schema\": \""
                    + UserForgotten.getClassSchema()
                            .toString()
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"") + "\"}";

            for (int i = 0; i < 3; i++) {
                assertThat(deserializer.deserialize(Topics.ERASURES.name(), bytes))
                        .isEqualTo(event);
            }
        }
        assertThat(asked)
                .containsExactly(
                        "POST /base/subjects/memory.erasures-value/versions null", "GET /base/schemas/ids/7 null");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url(String user) {
        return "http://" + user + "127.0.0.1:" + server.getAddress().getPort() + "/base/";
    }

    private static SchemaRegistry registry(String url) {
        return new SchemaRegistry(url, Duration.ofSeconds(5));
    }
}
