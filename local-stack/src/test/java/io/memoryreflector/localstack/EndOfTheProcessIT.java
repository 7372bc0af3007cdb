package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers do not outlive the process that started them, however it ends. */
class EndOfTheProcessIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    @EnabledOnOs(OS.LINUX)
    void shouldEndTheServersWithTheProcess(String signal) throws Exception {
        // A build that runs in the background of a shell without job control inherits a SIGINT that is ignored.
        var owner = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            var redis = Long.parseLong(output.readLine());
            assertThat(isAlive(redis)).isTrue();

            new ProcessBuilder("kill", "-" + signal, Long.toString(owner.pid())).start();

            await().atMost(TIMEOUT).until(() -> !owner.isAlive() && !isAlive(redis));
        } finally {
            owner.destroyForcibly();
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Starts Redis, says its process id, and waits to be ended. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] args) throws IOException {
            var stack = LocalStack.start(EnumSet.of(Part.REDIS));
            System.out.println(stack.process(Part.REDIS).pid());
            System.in.read();
        }
    }
}
