package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path data;

    @Test
    void shouldSayWhyAServerHasEnded() {
        var server = server("echo 'no room on the disk'; exit 3", () -> false);
        server.launch();

        assertThatThrownBy(server::awaitHealthy)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Redis ended with 3")
                .hasMessageContaining(server.log().toString())
                .hasMessageContaining("no room on the disk");
    }

    @Test
    void shouldSayThatAProgramIsMissing() {
        var server = new ServerProcess(
                new Server(Part.REDIS, List.of("/no/such/program"), Map.of(), () -> {}, () -> false), data);

        assertThatThrownBy(() -> {
                    server.launch();
                    server.awaitHealthy();
                })
                .isInstanceOf(StackException.class)
                .hasMessageContaining("/no/such/program");
    }

    @Test
    void shouldKillAProcessThatDoesNotListenAndForgetIt() throws IOException {
        var ready = data.resolve("ready");
        try (var server = server("trap '' TERM; touch " + ready + "; exec sleep 600", () -> Files.exists(ready))) {
            server.launch();
            server.awaitHealthy();
            assertThat(data.resolve("pids/redis")).content().startsWith(server.pid() + " ");

            server.kill();

            assertThat(server.isAlive()).isFalse();
        }
        assertThat(data.resolve("pids/redis")).doesNotExist();
    }

    @Test
    void shouldStandStillWhilePausedAndGoOnAfterwards() throws IOException {
        var count = data.resolve("count");
        try (var server =
                server("while true; do echo tick >> " + count + "; sleep 0.05; done", () -> Files.exists(count))) {
            server.launch();
            server.awaitHealthy();

            server.pause();
            await().atMost(TIMEOUT).until(() -> stateOf(server).equals("T"));
            var before = Files.size(count);
            await().during(Duration.ofMillis(500)).atMost(TIMEOUT).until(() -> Files.size(count) == before);

            server.resume();
            await().atMost(TIMEOUT).until(() -> Files.size(count) > before);
        }
    }

    /** The state letter of Linux; elsewhere T, since the test looks at what the process does too. */
    private static String stateOf(ServerProcess server) throws IOException {
        var status = Path.of("/proc", Long.toString(server.pid()), "stat");
        return Files.exists(status) ? Files.readString(status).replaceAll("(?s).*\\) (.).*", "$1") : "T";
    }

    @Test
    void shouldTellOneThatWasStoppedFromOneThatEnded() {
        var server = server("sleep 60", () -> true);
        try {
            server.launch();
            server.kill();
            assertThatThrownBy(server::checkNotEnded).isInstanceOf(StackException.class);

            server.restart();
        } finally {
            server.close();
        }
        assertThatCode(server::checkNotEnded).doesNotThrowAnyException();
    }

    @Test
    void shouldKeepTheLogOfTheRunBefore() throws IOException {
        for (var run : List.of("first", "second")) {
            var server = server("echo " + run, () -> false);
            server.launch();
            await().atMost(TIMEOUT).until(() -> !server.isAlive());
        }

        assertThat(data.resolve("logs/redis.log")).hasContent("second");
        assertThat(data.resolve("logs/redis.log.previous")).hasContent("first");
    }

    private ServerProcess server(String script, Server.HealthCheck healthy) {
        return new ServerProcess(
                new Server(Part.REDIS, List.of("sh", "-c", script), Map.of(), () -> {}, healthy), data);
    }
}
