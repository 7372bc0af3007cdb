package io.memoryreflector.systemtests.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs commands of an example as its page says.
 *
 * @param folder in which they run; what the last one wrote is in {@code output.txt} there
 * @param environment beside this process's own
 */
public record ExampleProgram(Path folder, Map<String, String> environment) {

    /** Skips a test where one of these is missing: Debian packages, which CI installs, so on a developer's machine alone. */
    public static void assumeInstalled(String... commands) {
        for (var command : commands) {
            assumeTrue(isInstalled(command), command + " is not on the PATH");
        }
    }

    /** Whether the PATH has this command. */
    public static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, command)));
    }

    /**
     * Runs a command to its end.
     *
     * @return what it wrote
     * @throws IllegalStateException with what it wrote if it fails or takes longer than the limit
     */
    public String run(Duration limit, List<String> command) throws IOException, InterruptedException {
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            var ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                var how = ended ? "ended with " + process.exitValue() : "took longer than " + limit;
                throw new IllegalStateException(command.get(0) + " " + how + ": " + Files.readString(output));
            }
            return Files.readString(output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
