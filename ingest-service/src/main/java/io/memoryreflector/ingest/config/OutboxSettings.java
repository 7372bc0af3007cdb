package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The outbox on disk.
 *
 * @param directory where it lies; belongs to one service alone and is kept over restarts
 * @param maxEntries how many interactions it holds at most
 * @param maxBytes how many bytes they have together at most; the file is a little larger
 */
public record OutboxSettings(Path directory, int maxEntries, long maxBytes) {

    static OutboxSettings fromEnvironment(Environment environment) {
        return new OutboxSettings(
                directory(environment),
                environment.integer("OUTBOX_MAX_ENTRIES", 100_000, 1, 10_000_000),
                environment.integer("OUTBOX_MAX_BYTES", 1 << 30, 1, Integer.MAX_VALUE));
    }

    private static Path directory(Environment environment) {
        var value = environment.text("OUTBOX_DIR", ".local/outbox");
        try {
            return Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new InvalidSetting("OUTBOX_DIR", value, "a folder");
        }
    }
}
