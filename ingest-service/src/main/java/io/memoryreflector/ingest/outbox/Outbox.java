package io.memoryreflector.ingest.outbox;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.ingest.config.OutboxSettings;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.config.StartFailure;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Interactions that Kafka has not taken, on disk, in the order in which they came. Bounded by entries and bytes.
 *
 * <p>Order: a user's interactions go behind the user's own that are here ({@link #holds}); other users' need not. What
 * one caller was told of in turn thus stays in turn, and a single user who cannot be sent on holds nobody up.
 *
 * <p>Threading: callers hand over from any thread and are told by a future. One thread writes, and takes all that has
 * come meanwhile into one transaction, so that many callers share one sync of the disk.
 */
@Component
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int QUEUE = 4_096;
    private static final int GROUP = 512;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final OutboxSettings settings;
    private final EventSealing sealing;
    private final OutboxFile file;
    private final Ledger ledger;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer = new Thread(this::write, "outbox-writer");
    private final LongAdder spooled = new LongAdder();
    private final LongAdder drained = new LongAdder();
    private boolean counted;
    private volatile String fault;
    private volatile boolean closing;

    @Autowired
    Outbox(ServiceSettings settings, EventSerdes serdes) {
        this(settings.outbox(), serdes.sealing());
    }

    /**
     * Opens what is on disk and starts the writer.
     *
     * @param sealing of what lies on the disk; with no user's key, since none can be made while Kafka is away
     * @throws StartFailure if the folder cannot be written or belongs to another program
     */
    Outbox(OutboxSettings settings, EventSealing sealing) {
        this.settings = settings;
        this.sealing = sealing;
        this.file = new OutboxFile(settings.directory());
        this.ledger = new Ledger(settings.maxEntries(), settings.maxBytes());
        makeFolder(settings.directory());
        mend();
        if (file.isAnothers()) {
            throw new StartFailure(
                    "OUTBOX_DIR: got '" + settings.directory()
                            + "', which another program has open; takes a folder for this one",
                    null);
        }
        if (ledger.entries() > 0) {
            LOG.info("outbox: {} interactions wait from before the start", ledger.entries());
        }
        writer.setDaemon(true);
        writer.start();
    }

    /** What the writer has not got to yet. */
    private record Waiting(Spooled spooled, CompletableFuture<Void> stored) {}

    /** What an erasure is asked about an entry; one that cannot be opened counts as an old one. */
    Handed handed(Spooled spooled) {
        try {
            return spooled.openedBy(sealing).handed();
        } catch (SerializationException e) {
            return spooled.handed();
        }
    }

    /** What an entry holds; throws as {@link Spooled#interaction} does. */
    Interaction interaction(Spooled spooled) {
        return spooled.openedBy(sealing).interaction();
    }

    /**
     * Hands over an interaction. Does not block.
     *
     * @return ends once the interaction is safe on disk, or exceptionally with {@link OutboxUnavailable} where it is not
     */
    public CompletableFuture<Void> spool(Interaction interaction, CallHeaders headers) {
        var spooled = Spooled.of(interaction, headers).sealedBy(sealing);
        synchronized (queue) {
            // Room and place are taken in one step: who is counted first stands first.
            if (closing) {
                return CompletableFuture.failedFuture(new OutboxUnavailable("the service is stopping"));
            }
            if (!ledger.reserve(spooled.user(), spooled.size())) {
                return CompletableFuture.failedFuture(new OutboxUnavailable("the outbox is full"));
            }
            var waiting = new Waiting(spooled, new CompletableFuture<>());
            if (!queue.offer(waiting)) {
                ledger.release(spooled.user(), spooled.size());
                return CompletableFuture.failedFuture(new OutboxUnavailable("the outbox's disk is too slow"));
            }
            return waiting.stored;
        }
    }

    /** Whether something of this user is here, or on its way here: what comes now must go behind it. */
    public boolean holds(UserKey user) {
        return ledger.holds(user.toString());
    }

    /** How many interactions are here. */
    public int depth() {
        return ledger.entries();
    }

    /** How many bytes they have. */
    public long bytes() {
        return ledger.bytes();
    }

    /** Whether there is no room. */
    public boolean isFull() {
        return ledger.isFull();
    }

    /** What is wrong with the disk; empty as long as the last write went well. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** How many were stored since the start. */
    long spooled() {
        return spooled.sum();
    }

    /** How many have left since the start, because the log has them. */
    long drained() {
        return drained.sum();
    }

    /** The bounds. */
    public OutboxSettings settings() {
        return settings;
    }

    /** Tries whether a faulty disk has been mended; does nothing where none is known to be faulty. */
    void mend() {
        if (fault == null && counted) {
            return;
        }
        try {
            count();
            file.touch();
            healthy();
        } catch (SQLException e) {
            faulty(e);
        }
    }

    /** The first entries behind a place; none where the disk is faulty. */
    List<Entry> after(long place, int limit) {
        try {
            return file.after(place, limit);
        } catch (SQLException e) {
            faulty(e);
            return List.of();
        }
    }

    /** Forgets entries that the log has; false where the disk is faulty and they stay. */
    boolean delete(List<Entry> entries) {
        if (entries.isEmpty()) {
            return true;
        }
        try {
            file.delete(entries);
            drained.add(entries.size());
            entries.forEach(entry ->
                    ledger.release(entry.spooled().user(), entry.spooled().size()));
            if (ledger.entries() == 0) {
                file.compact();
            }
            return true;
        } catch (SQLException e) {
            faulty(e);
            return false;
        }
    }

    /** Drops entries that are to be forgotten, and gives their bytes back; false where the disk is faulty and they stay. */
    boolean forget(List<Entry> entries) {
        if (entries.isEmpty()) {
            return true;
        }
        try {
            file.delete(entries);
            entries.forEach(entry ->
                    ledger.release(entry.spooled().user(), entry.spooled().size()));
            // A deleted entry's text would lie in the file until another one takes its place.
            file.compact();
            return true;
        } catch (SQLException e) {
            faulty(e);
            return false;
        }
    }

    /** Stores what is queued, and ends the writer, in bounded time. */
    @Override
    public void close() {
        synchronized (queue) {
            closing = true;
        }
        try {
            writer.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }

    private void write() {
        var group = new ArrayList<Waiting>(GROUP);
        while (!closing || !queue.isEmpty()) {
            try {
                var first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, GROUP - 1);
                    store(List.copyOf(group));
                    group.clear();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void store(List<Waiting> group) {
        try {
            count();
            var stored = file.append(group.stream().map(Waiting::spooled).toList());
            healthy();
            for (var i = 0; i < group.size(); i++) {
                if (stored.get(i)) {
                    spooled.increment();
                } else {
                    release(group.get(i));
                }
            }
            group.forEach(waiting -> waiting.stored.complete(null));
        } catch (SQLException | RuntimeException e) {
            faulty(e);
            group.forEach(this::release);
            group.forEach(
                    waiting -> waiting.stored.completeExceptionally(new OutboxUnavailable("the outbox's disk fails")));
        }
    }

    private void release(Waiting waiting) {
        ledger.release(waiting.spooled.user(), waiting.spooled.size());
    }

    /** What is on disk counts from the first moment at which it can be read. */
    private synchronized void count() throws SQLException {
        if (!counted) {
            file.totals().forEach(total -> ledger.add(total.user(), total.entries(), total.bytes()));
            counted = true;
        }
    }

    private void healthy() {
        if (fault != null) {
            LOG.warn("outbox: the disk takes writes again");
            fault = null;
        }
    }

    private void faulty(Exception failure) {
        if (fault == null) {
            LOG.error("outbox: the disk does not take writes: {}", failure.toString());
        }
        fault = failure.toString();
    }

    private static void makeFolder(Path directory) {
        try {
            // What people said lies here.
            if (!Files.isDirectory(directory)) {
                var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
                Files.createDirectories(directory.toAbsolutePath().getParent());
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createDirectory(directory, owner);
                } else {
                    Files.createDirectory(directory);
                }
            }
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        if (!Files.isWritable(directory)) {
            throw unusable(directory, null);
        }
    }

    private static StartFailure unusable(Path directory, Exception failure) {
        return new StartFailure(
                "OUTBOX_DIR: got '" + directory + "', takes a folder that can be made and written", failure);
    }
}
