package io.memoryreflector.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file beside the state stores that says that they were closed. After a kill, Kafka Streams under exactly-once opens
 * every store, finds it in doubt, and only then deletes and restores it; without the file we delete them before the
 * start, which is two seconds sooner back at work with a hundred stores. A file that is wrong costs only those seconds:
 * what is in doubt is Streams' own judgement. Not thread-safe.
 */
final class CleanStop {

    private final Path file;

    /** @param stateDirectory where Kafka Streams keeps its stores */
    CleanStop(Path stateDirectory) {
        file = stateDirectory.resolve("closed");
    }

    /**
     * Before the start: keeps the stores of a run that noted its stop, and takes the note away.
     *
     * @param cleanUp deletes the stores
     */
    void begin(Runnable cleanUp) {
        try {
            if (!Files.deleteIfExists(file)) {
                cleanUp.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the note of a clean stop cannot be removed: " + file, e);
        }
    }

    /** After the stop: only when every store was closed. */
    void note() {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("the next start restores all state: no note of a clean stop at " + file, e);
        }
    }
}
