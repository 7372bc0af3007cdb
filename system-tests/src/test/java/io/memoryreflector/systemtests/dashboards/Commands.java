package io.memoryreflector.systemtests.dashboards;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of Debian's package {@code prometheus}. */
final class Commands {

    private static final long TIMEOUT_SECONDS = 60;

    private Commands() {}

    static boolean areInstalled() {
        return List.of("prometheus", "promtool").stream()
                .allMatch(command -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, command).canExecute()));
    }

    /** What a command said, and how it ended. */
    record Said(int exit, String output) {}

    /** Runs promtool with this on its standard input. */
    static Said promtool(String input, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var file = Files.createTempFile("promtool", ".in");
        var output = Files.createTempFile("promtool", ".out");
        try {
            Files.writeString(file, input);
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(file.toFile())
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(file);
            Files.delete(output);
        }
    }

    /** A folder of {@code dashboards}. */
    static Path folder(String name) {
        return Path.of("..", "dashboards", name);
    }
}
