package io.memoryreflector.store.longterm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;

/**
 * The history of a fact in both times: what was true when, and what was known when. Thread-safe.
 *
 * <p>Valid time and transaction time after Snodgrass, "Developing Time-Oriented Database Applications in SQL" (1999).
 */
public final class FactTimeline {

    private static final int MOST = 1_000;

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one question
     */
    public FactTimeline(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * One fact of the history.
     *
     * @param validFrom when it began to be true
     * @param validTo when it ceased to be; empty while it holds
     * @param recordedAt when it was learned
     */
    public record Version(
            String memoryId, String text, Instant validFrom, Optional<Instant> validTo, Instant recordedAt) {}

    /** A version and what it says of its own and others' ends. */
    private record Known(Version version, Validity.Claim claim) {}

    /** All that is known of what a fact is about, oldest first by valid time; empty for what is no fact. */
    public List<Version> of(String memoryId) {
        return read(memoryId).stream().map(Known::version).toList();
    }

    /** The same as it was believed at a time: without what was learned later, and without the ends which that made. */
    public List<Version> asKnownAt(String memoryId, Instant at) {
        var known = read(memoryId).stream()
                .filter(one -> !one.version.recordedAt.isAfter(at))
                .toList();
        var ends = Validity.endsOf(known.stream().map(Known::claim).toList());
        return known.stream()
                .map(Known::version)
                .map(version -> new Version(
                        version.memoryId,
                        version.text,
                        version.validFrom,
                        Optional.ofNullable(ends.get(version.memoryId)),
                        version.recordedAt))
                .toList();
    }

    private List<Known> read(String memoryId) {
        try (var session = driver.session()) {
            return session.executeRead(
                    tx -> tx.run(Cypher.TIMELINE, Map.of("id", memoryId, "limit", MOST))
                            .list(row -> known(row.get("fact"))),
                    timeout);
        }
    }

    private static Known known(Value properties) {
        var memory = Rows.memory(properties);
        var validFrom = memory.validFrom().orElseThrow();
        return new Known(
                new Version(memory.memoryId(), memory.text(), validFrom, memory.validTo(), memory.recordedAt()),
                new Validity.Claim(
                        memory.memoryId(),
                        Optional.ofNullable(properties.get("slot").asString(null)),
                        validFrom,
                        Rows.instant(properties, "stated_valid_to"),
                        properties.get("supersedes").asList(Value::asString, List.of())));
    }
}
