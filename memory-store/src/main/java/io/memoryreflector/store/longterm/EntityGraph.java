package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Value;

/** Who and what a user's memories are about, and how they stand to each other. Thread-safe. */
public final class EntityGraph {

    private final Driver driver;
    private final TransactionConfig timeout;

    /**
     * @param driver stays the caller's to close
     * @param timeout of one statement
     */
    public EntityGraph(Driver driver, Duration timeout) {
        this.driver = driver;
        this.timeout = TransactionConfig.builder().withTimeout(timeout).build();
    }

    /**
     * Somebody or something.
     *
     * @param memories that are about it
     * @param lastMentioned when the last of them took place
     */
    public record Entity(String name, long memories, Instant lastMentioned) {}

    /**
     * A fact, from its subject to its object.
     *
     * @param validTo when it stopped being true; empty if it still is
     */
    public record Relation(
            String memoryId,
            String subject,
            String predicate,
            String object,
            String statement,
            Instant validFrom,
            Optional<Instant> validTo) {}

    /** Entities of what had taken place by then, those with most memories first. */
    public List<Entity> entities(UserKey user, Instant asOf, int limit) {
        return read(
                Cypher.GRAPH_ENTITIES,
                user,
                asOf,
                limit,
                row -> new Entity(
                        row.get("name").asString(), row.get("memories").asLong(), time(row.get("last"))));
    }

    /** Facts that were true then, the latest first; none that is held back. */
    public List<Relation> relations(UserKey user, Instant asOf, int limit) {
        return read(
                Cypher.GRAPH_RELATIONS,
                user,
                asOf,
                limit,
                row -> new Relation(
                        row.get("id").asString(),
                        row.get("subject").asString(),
                        row.get("predicate").asString(""),
                        row.get("object").asString(""),
                        row.get("statement").asString(""),
                        time(row.get("valid_from")),
                        row.get("valid_to").isNull() ? Optional.empty() : Optional.of(time(row.get("valid_to")))));
    }

    private static Instant time(Value millis) {
        return Instant.ofEpochMilli(millis.asLong());
    }

    private <T> List<T> read(String statement, UserKey user, Instant asOf, int limit, Function<Record, T> row) {
        var parameters = Map.<String, Object>of("user", user.toString(), "as_of", asOf.toEpochMilli(), "limit", limit);
        try (var session = driver.session()) {
            return session.executeRead(tx -> tx.run(statement, parameters).list(row::apply), timeout);
        }
    }
}
