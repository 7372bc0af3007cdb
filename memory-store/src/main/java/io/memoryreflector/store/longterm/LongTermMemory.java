package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Tier;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.status.AppliedMemories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Result;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TransientException;

/**
 * The long term: a graph that any order and any repeat of the same events makes the same, erasures among them.
 *
 * <p>Each user has a number that every write raises and stamps on what it writes, under the lock of the user's node. So
 * whoever holds a user's memories in memory asks only for what has a higher number than the last that was read, and
 * misses nothing that was committed. Thread-safe.
 */
public final class LongTermMemory implements AppliedMemories, MemoryChanges {

    private static final String NOTHING = "";
    private static final SessionConfig READ =
            SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build();

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one transaction
     */
    public LongTermMemory(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /** Makes or updates constraints and indexes; harmless to repeat. */
    public void migrate() {
        new Migrations(driver).run();
    }

    /**
     * Writes a batch of events in one transaction: interactions, of which {@code received_at} is taken for the time of
     * their record, episodes, facts, procedures, changes of them and sessions in short, but for what an erasure covers.
     * Then deletes what the batch's erasures cover, in further transactions; if that fails, the whole batch has to come
     * again.
     *
     * @throws IllegalArgumentException on an event of another kind
     */
    public void apply(List<? extends SpecificRecord> events) {
        var erasures = new ArrayList<UserForgotten>();
        try (var session = driver.session()) {
            session.executeWriteWithoutResult(
                    tx -> {
                        // Anew at each try, since it drops what it finds covered.
                        var writing = new Writing(events);
                        writing.run(tx);
                        erasures.clear();
                        erasures.addAll(writing.erasures());
                    },
                    timeout);
        }
        erasures.forEach(new Erasing(driver, timeout)::run);
    }

    @Override
    public Set<String> missing(Collection<String> memoryIds) {
        if (memoryIds.isEmpty()) {
            return Set.of();
        }
        return read(tx -> new HashSet<>(tx.run(Cypher.MISSING, Map.of("ids", List.copyOf(memoryIds)))
                .single()
                .get("missing")
                .asList(value -> value.asString())));
    }

    @Override
    public Delta since(UserKey user, long seq) {
        var parameters = Map.<String, Object>of("user", user.toString(), "since", seq);
        var position = position(parameters);
        if (position.isEmpty()) {
            return new Delta(0, true, List.of());
        }
        if (position.get() == seq) {
            return new Delta(seq, seq == 0, List.of());
        }
        try (var session = driver.session()) {
            return session.executeWrite(tx -> changes(tx, parameters), timeout);
        }
    }

    /** In one round trip, since every question begins with it; a transaction of its own takes three. */
    private Optional<Long> position(Map<String, Object> parameters) {
        try (var session = driver.session(READ)) {
            return position(session.run(Cypher.POSITION, parameters, timeout));
        } catch (ServiceUnavailableException | SessionExpiredException | TransientException e) {
            return read(tx -> position(tx.run(Cypher.POSITION, parameters)));
        }
    }

    private static Optional<Long> position(Result result) {
        return result.stream().map(row -> row.get("seq").asLong()).findFirst();
    }

    /** Under the user's lock: a commit shows its number before the index has its memories, and is then half seen. */
    private static Delta changes(TransactionContext tx, Map<String, Object> parameters) {
        tx.run(Cypher.LOCK_USER, parameters).consume();
        var rows = tx.run(Cypher.SINCE, parameters).list();
        if (rows.isEmpty()) {
            return new Delta(0, true, List.of());
        }
        return new Delta(
                rows.get(0).get("seq").asLong(),
                rows.get(0).get("whole").asBoolean(),
                rows.stream()
                        .map(row -> row.get("memory"))
                        .filter(memory -> !memory.isNull())
                        .map(Rows::memory)
                        .toList());
    }

    /** A page of a user's memories, the newest first. */
    public MemoryPage memories(UserKey user, MemoryFilter filter) {
        var parameters = new HashMap<String, Object>();
        parameters.put("user", user.toString());
        parameters.put("tier", filter.tier().map(Tier::name).orElse(null));
        parameters.put("session", filter.sessionId().orElse(null));
        parameters.put("from", filter.from().map(Instant::toEpochMilli).orElse(null));
        parameters.put("to", filter.to().map(Instant::toEpochMilli).orElse(null));
        parameters.put("q", filter.q().orElse(null));
        parameters.put("as_of", filter.asOf().map(Instant::toEpochMilli).orElse(null));
        var cursor = filter.cursor().map(Cursor::parse);
        parameters.put("before", cursor.map(Cursor::occurredAt).orElse(null));
        parameters.put("after_id", cursor.map(Cursor::memoryId).orElse(NOTHING));
        parameters.put("limit", filter.limit() + 1);
        var found = read(tx -> tx.run(Cypher.PAGE, parameters).stream()
                .map(row -> Rows.memory(row.get("memory")))
                .toList());
        if (found.size() <= filter.limit()) {
            return new MemoryPage(found, Optional.empty());
        }
        var page = found.subList(0, filter.limit());
        return new MemoryPage(
                page, Optional.of(Cursor.after(page.get(page.size() - 1)).toString()));
    }

    /** A memory, and whose it is. */
    public Optional<Owned> memory(String memoryId) {
        return read(tx -> tx.run(Cypher.MEMORY, Map.of("id", memoryId)).stream()
                .map(row -> row.get("memory"))
                .map(memory -> new Owned(UserKey.parse(memory.get("user_key").asString()), Rows.memory(memory)))
                .findFirst());
    }

    /** A memory with its owner. */
    public record Owned(UserKey user, Memory memory) {}

    private interface Work<T> {
        T run(TransactionContext tx);
    }

    private <T> T read(Work<T> work) {
        try (var session = driver.session(SessionConfig.defaultConfig())) {
            return session.executeRead(work::run, timeout);
        }
    }
}
