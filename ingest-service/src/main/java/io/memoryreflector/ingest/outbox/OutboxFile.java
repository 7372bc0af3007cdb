package io.memoryreflector.ingest.outbox;

import io.memoryreflector.ingest.log.CallHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The outbox's database: one SQLite file that one process has for itself. What a call has changed is on the disk when it
 * returns. After a failure the file is closed and the next call opens it again, so that a disk that was mended needs no
 * restart. Thread-safe; calls wait for each other.
 */
final class OutboxFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);
    private static final String NAME = "outbox.db";

    /** Of a page's events together: entries can be large, and a page is held in memory. */
    private static final long PAGE_BYTES = 8L << 20;

    private static final List<String> OPENING = List.of(
            "PRAGMA busy_timeout = 2000",
            // Before the journal, so that no other process is let in.
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            """
            CREATE TABLE IF NOT EXISTS entry (
              place INTEGER PRIMARY KEY AUTOINCREMENT,
              user BLOB NOT NULL,
              interaction_id BLOB NOT NULL,
              event BLOB NOT NULL,
              traceparent TEXT,
              idempotency_key TEXT,
              size INTEGER NOT NULL,
              UNIQUE (user, interaction_id))""");

    /** A write, so that a disk that is full or not to be written shows. */
    private static final String TOUCH = "PRAGMA user_version = 1";

    private final Path file;
    private Connection connection;
    private boolean anothers;

    OutboxFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** Whether the last call failed because another process has the file. */
    synchronized boolean isAnothers() {
        return anothers;
    }

    /** How much of one user is stored. */
    record Total(String user, int entries, long bytes) {}

    /** What each user has stored. */
    synchronized List<Total> totals() throws SQLException {
        return with(open -> {
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery("SELECT user, COUNT(*), SUM(size) FROM entry GROUP BY user")) {
                var totals = new ArrayList<Total>();
                while (rows.next()) {
                    totals.add(new Total(text(rows.getBytes(1)), rows.getInt(2), rows.getLong(3)));
                }
                return totals;
            }
        });
    }

    /**
     * Stores all of these in this order, or none.
     *
     * @return for each whether it is new; one whose user and id are stored already changes nothing
     */
    synchronized List<Boolean> append(List<Spooled> entries) throws SQLException {
        return with(open -> inTransaction(open, () -> {
            var stored = new ArrayList<Boolean>(entries.size());
            try (var insert = open.prepareStatement(
                    "INSERT INTO entry (user, interaction_id, event, traceparent, idempotency_key, size)"
                            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                for (var entry : entries) {
                    insert.setBytes(1, bytes(entry.user()));
                    insert.setBytes(2, bytes(entry.interactionId()));
                    insert.setBytes(3, entry.event());
                    insert.setString(4, entry.headers().traceparent().orElse(null));
                    insert.setString(5, entry.headers().idempotencyKey().orElse(null));
                    insert.setLong(6, entry.size());
                    stored.add(insert.executeUpdate() == 1);
                }
            }
            return stored;
        }));
    }

    /** The first entries behind a place, in order; up to {@code limit}, fewer where they are large. */
    synchronized List<Entry> after(long place, int limit) throws SQLException {
        return with(open -> {
            try (var select = open.prepareStatement("SELECT place, user, interaction_id, event, traceparent,"
                    + " idempotency_key FROM entry WHERE place > ? ORDER BY place LIMIT ?")) {
                select.setLong(1, place);
                select.setInt(2, limit);
                return page(select);
            }
        });
    }

    /** Forgets these entries, all or none. */
    synchronized void delete(List<Entry> entries) throws SQLException {
        with(open -> inTransaction(open, () -> {
            try (var delete = open.prepareStatement("DELETE FROM entry WHERE place = ?")) {
                for (var entry : entries) {
                    delete.setLong(1, entry.place());
                    delete.executeUpdate();
                }
            }
            return null;
        }));
    }

    /** Writes a little, to find out whether that is possible. */
    synchronized void touch() throws SQLException {
        with(open -> execute(open, TOUCH));
    }

    /** Gives the disk back what deleted entries have held; cheap where few are left. */
    synchronized void compact() throws SQLException {
        with(open -> {
            execute(open, "VACUUM");
            return execute(open, "PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    @Override
    public synchronized void close() {
        var closing = connection;
        connection = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (SQLException e) {
            LOG.warn("outbox: {} was not closed in order, which loses nothing: {}", file, e.getMessage());
        }
    }

    private <T> T with(Work<T> work) throws SQLException {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                for (var statement : OPENING) {
                    execute(connection, statement);
                }
                execute(connection, TOUCH);
            }
            anothers = false;
            return work.on(connection);
        } catch (SQLException | RuntimeException e) {
            anothers = e instanceof SQLiteException failure && failure.getResultCode() == SQLiteErrorCode.SQLITE_BUSY;
            close();
            throw e;
        }
    }

    /** What fails is undone when the connection is closed. */
    private static <T> T inTransaction(Connection open, Transaction<T> work) throws SQLException {
        open.setAutoCommit(false);
        var result = work.run();
        open.commit();
        open.setAutoCommit(true);
        return result;
    }

    private static boolean execute(Connection open, String sql) throws SQLException {
        try (var statement = open.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static List<Entry> page(PreparedStatement select) throws SQLException {
        var entries = new ArrayList<Entry>();
        var size = 0L;
        try (var rows = select.executeQuery()) {
            while (size < PAGE_BYTES && rows.next()) {
                var spooled = spooled(rows);
                entries.add(new Entry(rows.getLong(1), spooled));
                size += spooled.event().length;
            }
        }
        return entries;
    }

    private static Spooled spooled(ResultSet row) throws SQLException {
        return new Spooled(
                text(row.getBytes(2)),
                text(row.getBytes(3)),
                row.getBytes(4),
                CallHeaders.of(row.getString(5), row.getString(6)));
    }

    /** Ids are bytes in the database: as a text they could not hold every character. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Work<T> {

        T on(Connection open) throws SQLException;
    }

    private interface Transaction<T> {

        T run() throws SQLException;
    }
}
