package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Remembers a process beyond the life of the one that started it. Where the system cannot end children with their
 * parent, this is how the next start finds them. The start time tells the process from a later one of the same id.
 */
final class PidFile {

    /** Systems count from their boot, which they date a little differently each time they are asked. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, process.pid() + " " + startOf(process));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process if it is still there, waits for its end, and forgets it. */
    void endProcess(Duration timeout) {
        remembered().ifPresent(process -> {
            process.destroyForcibly();
            try {
                process.onExit()
                        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException e) {
                throw new StackException(
                        "process " + process.pid() + " of an earlier run does not end: stop it by hand", e);
            }
        });
        delete();
    }

    private Optional<ProcessHandle> remembered() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var words = Files.readString(file).split(" ");
            return words.length != 2
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(words[0]))
                            .filter(process -> startedAt(process, Instant.parse(words[1])));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant instant) {
        return Duration.between(startOf(process), instant).abs().compareTo(TOLERANCE) < 0;
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
