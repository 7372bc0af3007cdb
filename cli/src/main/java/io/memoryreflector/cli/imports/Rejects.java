package io.memoryreflector.cli.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where refused entries are kept, as they stood in the file, so that they can be mended and imported. Thread-safe. */
final class Rejects implements AutoCloseable {

    private final OutputStream out;

    private Rejects(OutputStream out) {
        this.out = out;
    }

    /** Keeps them nowhere. */
    static Rejects none() {
        return new Rejects(OutputStream.nullOutputStream());
    }

    /** Keeps them in this file, in the place of what it holds. */
    static Rejects to(Path file) throws IOException {
        return new Rejects(Files.newOutputStream(file));
    }

    /** Keeps one, at once: nothing is lost where the process is killed. */
    synchronized void keep(byte[] entry) throws IOException {
        if (entry.length > 0) {
            var line = Arrays.copyOf(entry, entry.length + 1);
            line[entry.length] = '\n';
            out.write(line);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
