package io.memoryreflector.client.spill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database of what was spilled: one SQLite file that one process has for itself. What a call has changed is on the
 * disk when it returns. After a failure the file is closed and the next call opens it again, so that a disk that was
 * mended needs no restart. For one thread.
 */
final class SpillFile implements AutoCloseable {

    private static final String NAME = "spill.db";

    /** Of a page's events together: entries can be large, and a page is held in memory. */
    private static final long PAGE_BYTES = 4L << 20;

    private static final List<String> OPENING = List.of(
            "PRAGMA busy_timeout = 500",
            // Before the journal, so that no other process is let in.
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",
            "CREATE TABLE IF NOT EXISTS entry (place INTEGER PRIMARY KEY AUTOINCREMENT, event BLOB NOT NULL)");

    private final Path file;
    private Connection connection;

    SpillFile(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** How much is stored. */
    record Total(long entries, long bytes) {}

    /** Whether a failure means that another process has the file. */
    static boolean isAnothers(SQLException failure) {
        return failure instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY;
    }

    /** How much is stored; takes the file for this process. */
    Total total() throws SQLException {
        return with(open -> {
            execute(open, "PRAGMA user_version = 1");
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery("SELECT COUNT(*), COALESCE(SUM(LENGTH(event)), 0) FROM entry")) {
                rows.next();
                return new Total(rows.getLong(1), rows.getLong(2));
            }
        });
    }

    /** Stores all of these in this order, or none. */
    void append(List<byte[]> events) throws SQLException {
        with(open -> {
            open.setAutoCommit(false);
            try (var insert = open.prepareStatement("INSERT INTO entry (event) VALUES (?)")) {
                for (var event : events) {
                    insert.setBytes(1, event);
                    insert.executeUpdate();
                }
            }
            open.commit();
            open.setAutoCommit(true);
            return null;
        });
    }

    /** The first entries behind a place, in order; up to {@code limit}, fewer where they are large. */
    List<Entry> after(long place, int limit) throws SQLException {
        return with(open -> {
            var page = new ArrayList<Entry>();
            var size = 0L;
            try (var select =
                    open.prepareStatement("SELECT place, event FROM entry WHERE place > ? ORDER BY place LIMIT ?")) {
                select.setLong(1, place);
                select.setInt(2, limit);
                try (var rows = select.executeQuery()) {
                    while (size < PAGE_BYTES && rows.next()) {
                        var entry = new Entry(rows.getLong(1), rows.getBytes(2));
                        page.add(entry);
                        size += entry.event().length;
                    }
                }
            }
            return page;
        });
    }

    /** Forgets whatever stands up to a place, that one included. */
    void deleteUpTo(long place) throws SQLException {
        with(open -> {
            try (var delete = open.prepareStatement("DELETE FROM entry WHERE place <= ?")) {
                delete.setLong(1, place);
                return delete.executeUpdate();
            }
        });
    }

    /** Gives the disk back what deleted entries have held. */
    void compact() throws SQLException {
        with(open -> {
            execute(open, "VACUUM");
            return execute(open, "PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    @Override
    public void close() throws SQLException {
        var closing = connection;
        connection = null;
        if (closing != null) {
            closing.close();
        }
    }

    private <T> T with(Work<T> work) throws SQLException {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                for (var statement : OPENING) {
                    execute(connection, statement);
                }
            }
            return work.on(connection);
        } catch (SQLException e) {
            // What has failed is undone with the connection.
            close();
            throw e;
        }
    }

    private static boolean execute(Connection open, String sql) throws SQLException {
        try (var statement = open.createStatement()) {
            return statement.execute(sql);
        }
    }

    private interface Work<T> {

        T on(Connection open) throws SQLException;
    }
}
