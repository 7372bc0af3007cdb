package io.memoryreflector.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.memoryreflector.schemas.topic.Topics;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry's own client throws, met with broken servers rather than made up. */
class RegistryOutageTest {

    private static final byte[] KNOWN_FORMAT = {0, 0, 0, 0, 1, 2, 3, 4};

    @ParameterizedTest
    @CsvSource({"401,true", "403,true", "404,false", "429,true", "500,true", "502,true", "503,true"})
    void shouldWaitForARegistryThatAnswersWithAnError(int status, boolean outage) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(isOutage(server.getAddress().getPort(), KNOWN_FORMAT)).isEqualTo(outage);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldWaitForARegistryThatIsNotThere() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThat(isOutage(port, KNOWN_FORMAT)).isTrue();
    }

    @Test
    void shouldWaitForARegistryThatHangsUp() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hangingUp = CompletableFuture.runAsync(() -> hangUpOnEveryone(server));

            assertThat(isOutage(server.getLocalPort(), KNOWN_FORMAT)).isTrue();
            assertThat(hangingUp).isNotDone();
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "ffffffffffff", "7b7d"})
    void shouldBlameARecordThatIsNotInTheWireFormat(String hex) {
        assertThat(isOutage(1, HexFormat.of().parseHex(hex))).isFalse();
    }

    @Test
    void shouldBlameTheRecordWhoseAvroEndsTooSoon() {
        assertThat(RegistryOutage.explains(new UncheckedIOException(new EOFException())))
                .isFalse();
    }

    private static boolean isOutage(int port, byte[] value) {
        try (var deserializer = EventSerdes.of("http://127.0.0.1:" + port).deserializer()) {
            var error = catchThrowable(() -> deserializer.deserialize(Topics.INTERACTIONS.name(), value));
            assertThat(error).isNotNull();
            return RegistryOutage.explains(error);
        }
    }

    private static void hangUpOnEveryone(ServerSocket server) {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                connection.getInputStream().read();
            } catch (IOException e) {
                return;
            }
        }
    }
}
