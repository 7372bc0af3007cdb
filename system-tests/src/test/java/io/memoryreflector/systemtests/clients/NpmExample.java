package io.memoryreflector.systemtests.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JavaScript example of docs/clients, with its libraries beside a copy of it. */
final class NpmExample {

    private static final Path EXAMPLES = Path.of("..", "docs", "clients", "examples");
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(8);
    private static final Duration RUN_WITHIN = Duration.ofMinutes(3);

    private final Path folder;
    private final String script;

    private NpmExample(Path folder, String script) {
        this.folder = folder;
        this.script = script;
    }

    /** Copies the example out of the source tree and installs what it needs; what is there already stays. */
    static NpmExample install(String name, String script) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of("target", "npm-examples", name));
        for (var file : List.of("package.json", script)) {
            Files.write(
                    folder.resolve(file),
                    Files.readAllBytes(EXAMPLES.resolve(name).resolve(file)));
        }
        var install = "npm install --no-package-lock --ignore-scripts --no-audit --no-fund --prefer-offline";
        new ExampleProgram(folder, Map.of()).run(INSTALLED_WITHIN, List.of(install.split(" ")));
        return new NpmExample(folder, script);
    }

    /** Runs it to its end; what it wrote. */
    String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new ExampleProgram(folder, environment).run(RUN_WITHIN, command);
    }
}
