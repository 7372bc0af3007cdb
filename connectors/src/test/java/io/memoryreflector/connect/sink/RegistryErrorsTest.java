package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry's own client throws, met with broken servers rather than made up. */
class RegistryErrorsTest {

    private static final byte[] KNOWN_FORMAT = {0, 0, 0, 0, 1, 2, 3, 4};

    @ParameterizedTest
    @CsvSource({"401,SERVER", "403,SERVER", "404,RECORD", "429,SERVER", "500,SERVER", "502,SERVER", "503,SERVER"})
    void shouldWaitForARegistryThatAnswersWithAnError(int status, Blame blame) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(blameOfDecoding(server.getAddress().getPort(), KNOWN_FORMAT))
                    .isEqualTo(blame);
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

        assertThat(blameOfDecoding(port, KNOWN_FORMAT)).isEqualTo(Blame.SERVER);
    }

    @Test
    void shouldWaitForARegistryThatHangsUp() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hangingUp = CompletableFuture.runAsync(() -> hangUpOnEveryone(server));

            assertThat(blameOfDecoding(server.getLocalPort(), KNOWN_FORMAT)).isEqualTo(Blame.SERVER);
            assertThat(hangingUp).isNotDone();
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "00", "ffffffffffff", "7b7d"})
    void shouldBlameARecordThatIsNotInTheWireFormat(String hex) {
        assertThat(blameOfDecoding(1, java.util.HexFormat.of().parseHex(hex))).isEqualTo(Blame.RECORD);
    }

    @Test
    void shouldBlameTheRecordWhoseAvroEndsTooSoon() {
        assertThat(RegistryErrors.blame(new UncheckedIOException(new EOFException())))
                .isEqualTo(Blame.RECORD);
    }

    private static Blame blameOfDecoding(int port, byte[] value) {
        try (var deserializer = EventSerdes.of("http://127.0.0.1:" + port).deserializer()) {
            var error = catchThrowable(() -> deserializer.deserialize(Topics.INTERACTIONS.name(), value));
            assertThat(error).isNotNull();
            return RegistryErrors.blame(error);
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
