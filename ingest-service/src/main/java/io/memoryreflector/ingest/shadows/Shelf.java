package io.memoryreflector.ingest.shadows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of all users put in order by user, on disk, since there may be more of them than there is memory. Values are as
 * they were in the log: what was sealed stays so. The file is nobody else's and goes with this object, also where the
 * process is killed (but on Windows). One thread.
 */
final class Shelf implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    /** Changes that are written together. */
    private static final int AT_ONCE = 10_000;

    private static final List<String> OPENING = List.of(
            // Nobody needs it after a crash, and 32 MiB of memory are enough for its index.
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -32768",
            "CREATE TABLE event (user BLOB NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL, value BLOB,"
                    + " UNIQUE (user, kind, id))");

    private final Path file;
    private final Connection connection;
    private final PreparedStatement put;
    private int uncommitted;

    /** What an event is. The order is that of the numbers in the file. */
    enum Kind {
        LIVE,
        SHADOW,
        LIVE_STATUS,
        SHADOW_STATUS,
        AMENDED,
        LIVE_SESSION,
        SHADOW_SESSION
    }

    /** One event. */
    record Event(Kind kind, String id, byte[] value) {}

    Shelf() {
        try {
            file = Files.createTempFile("reflector-shadow", ".db");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (var statement = connection.createStatement()) {
                for (var sql : OPENING) {
                    statement.execute(sql);
                }
            }
            delete();
            connection.setAutoCommit(false);
            put = connection.prepareStatement("INSERT INTO event (user, kind, id, value) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO UPDATE SET value = excluded.value");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Takes in an event, in the place of an earlier one of the same user, kind and id. */
    void put(String user, Kind kind, String id, byte[] value) {
        try {
            put.setBytes(1, bytes(user));
            put.setInt(2, kind.ordinal());
            put.setBytes(3, bytes(id));
            put.setBytes(4, value);
            put.executeUpdate();
            if (++uncommitted >= AT_ONCE) {
                connection.commit();
                uncommitted = 0;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first user behind this one in the order of bytes; of an empty text, the first of all. */
    Optional<String> userAfter(String user) {
        try (var select = connection.prepareStatement("SELECT user FROM event WHERE user > ? ORDER BY user LIMIT 1")) {
            select.setBytes(1, bytes(user));
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(text(rows.getBytes(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    long users() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(DISTINCT user) FROM event")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** All events of one user. */
    List<Event> of(String user) {
        try (var select = connection.prepareStatement("SELECT kind, id, value FROM event WHERE user = ?")) {
            select.setBytes(1, bytes(user));
            var events = new ArrayList<Event>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(new Event(Kind.values()[rows.getInt(1)], text(rows.getBytes(2)), rows.getBytes(3)));
                }
            }
            return events;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("{} could not be closed: {}", file, e.toString());
        }
        delete();
    }

    /** Where a file that is open can be deleted, it has no name any more and lasts until it is closed. */
    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} is still there: {}", file, e.toString());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private IllegalStateException failed(SQLException e) {
        return new IllegalStateException(file + " cannot be written or read: is there room on the disk?", e);
    }
}
