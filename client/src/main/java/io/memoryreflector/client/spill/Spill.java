package io.memoryreflector.client.spill;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.serde.StateSerde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interactions on disk in the order in which they came, with a cursor: what stands behind it was not read since the
 * start. Bounded by bytes. For the sender's thread, but for what says so.
 */
public final class Spill implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final Serde<Interaction> SERDE = StateSerde.of(Interaction.SCHEMA$);

    private static final Duration REST = Duration.ofMillis(500);

    private final SpillFile file;
    private final long maxBytes;
    private long bytes;
    private long read;
    private long unread;
    private long sweepTo;
    private long sweepEntries;
    private long sweepBytes;
    private long restUntil = System.nanoTime();
    private volatile long entries;
    private volatile String fault;

    /**
     * Opens what is on disk.
     *
     * @throws IllegalArgumentException if the folder cannot be written or belongs to another collector
     */
    public Spill(Path folder, long maxBytes) {
        this.maxBytes = maxBytes;
        this.file = new SpillFile(folder);
        try {
            makeFolder(folder);
            var total = file.total();
            this.entries = total.entries();
            this.unread = total.entries();
            this.bytes = total.bytes();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "whenFull.folder: got '" + folder + "', takes a folder that can be made and written", e);
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "whenFull.folder: got '" + folder + "', "
                            + (SpillFile.isAnothers(e)
                                    ? "which another collector has open; takes a folder for this one"
                                    : "takes a folder that can be made and written"),
                    e);
        }
        if (entries > 0) {
            LOG.info("spill: {} interactions wait from before the start", entries);
        }
    }

    /**
     * A stored interaction and where it stands.
     *
     * @param size in bytes
     */
    public record Stored(long place, int size, Interaction interaction) {}

    /** Stores as many from the front as there is room for; none where the disk fails. */
    public int append(List<Interaction> interactions) {
        var events = new ArrayList<byte[]>(interactions.size());
        var size = 0L;
        for (var interaction : interactions) {
            var event = SERDE.serializer().serialize("spill", interaction);
            if (bytes + size + event.length > maxBytes) {
                break;
            }
            events.add(event);
            size += event.length;
        }
        if (events.isEmpty() || isResting()) {
            return 0;
        }
        try {
            file.append(events);
            healthy();
        } catch (SQLException e) {
            faulty(e);
            return 0;
        }
        bytes += size;
        unread += events.size();
        entries += events.size();
        return events.size();
    }

    /** Whether something stands behind the cursor that can be read; while the disk fails, later ones overtake it. */
    public boolean hasUnread() {
        return unread > 0 && !isResting();
    }

    /** The next ones behind the cursor, which goes on; none where the disk fails. */
    public List<Stored> next(int limit) {
        try {
            var page = file.after(read, limit);
            var stored = new ArrayList<Stored>(page.size());
            for (var entry : page) {
                var interaction = SERDE.deserializer().deserialize("spill", entry.event());
                stored.add(new Stored(entry.place(), entry.event().length, interaction));
            }
            unread = page.isEmpty() ? 0 : unread - page.size();
            read = page.isEmpty() ? read : page.get(page.size() - 1).place();
            healthy();
            return stored;
        } catch (SQLException | SerializationException e) {
            faulty(e);
            return List.of();
        }
    }

    /** Forgets an interaction that is settled, and all before it, when {@link #sweep} comes round. */
    public void forget(Stored settled) {
        sweepTo = settled.place();
        sweepEntries++;
        sweepBytes += settled.size();
    }

    /** Deletes what was forgotten; where the disk fails it stays until the next time. */
    public void sweep() {
        if (sweepEntries == 0 || isResting()) {
            return;
        }
        try {
            file.deleteUpTo(sweepTo);
            entries -= sweepEntries;
            bytes -= sweepBytes;
            sweepEntries = 0;
            sweepBytes = 0;
            if (entries == 0) {
                file.compact();
            }
            healthy();
        } catch (SQLException e) {
            faulty(e);
        }
    }

    /** How many are on disk. From any thread. */
    public long entries() {
        return entries;
    }

    /** What is wrong with the disk; empty as long as the last call went well. From any thread. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (SQLException e) {
            LOG.warn("spill: was not closed in order, which loses nothing: {}", e.getMessage());
        }
    }

    private void healthy() {
        if (fault != null) {
            LOG.warn("spill: the disk takes writes again");
            fault = null;
        }
    }

    private void faulty(Exception failure) {
        if (fault == null) {
            LOG.error("spill: the disk fails: {}", failure.toString());
        }
        fault = "disk: " + failure.getMessage();
        restUntil = System.nanoTime() + REST.toNanos();
    }

    /** A disk that has failed is not asked again at once. */
    private boolean isResting() {
        return restUntil - System.nanoTime() > 0;
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // What people said lies here.
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }
}
