package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository lies, and what its build has put where. */
final class Home {

    private static final String VARIABLE = "MEMORY_REFLECTOR_HOME";

    private final Path root;

    private Home(Path root) {
        this.root = root;
    }

    /** The folder that {@code MEMORY_REFLECTOR_HOME} names, else the nearest one above that holds this module. */
    static Home find() {
        var named = System.getenv(VARIABLE);
        for (var folder = Path.of(named == null ? "" : named).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("local-stack/registry/pom.xml"))) {
                return new Home(folder);
            }
        }
        throw new IllegalStateException(VARIABLE
                + ": is not set, and no folder above this one is the repository; takes the repository's folder");
    }

    Path root() {
        return root;
    }

    /** A file or folder that the build makes. */
    Path built(String path) {
        var file = root.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException(path + " is missing: run 'make build' first");
        }
        return file;
    }

    /** A new folder for data that is thrown away; what a killed test leaves in it, {@code make clean} removes. */
    Path throwAwayFolder() {
        var module = Path.of("").toAbsolutePath();
        var parent = (Files.exists(module.resolve("pom.xml")) ? module : root).resolve("target/local-stack");
        try {
            return Files.createTempDirectory(Files.createDirectories(parent), "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
