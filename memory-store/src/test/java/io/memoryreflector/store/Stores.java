package io.memoryreflector.store;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.projection.RedisDatabases;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.neo4j.driver.Driver;
import redis.clients.jedis.UnifiedJedis;

/** A real Redis and a real Neo4j, started once for all tests of this process; each test takes a user of its own. */
public final class Stores {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Stores() {}

    public static UnifiedJedis redis() {
        return Started.REDIS;
    }

    /** Two databases of it that no other test uses. */
    public static RedisDatabases redisDatabases(int inUse, int beside) {
        return new RedisDatabases(URI.create(Started.STACK.redisUrl()).resolve("/" + inUse), beside, TIMEOUT);
    }

    public static Driver neo4j() {
        return Started.NEO4J;
    }

    /** The graph, migrated. */
    public static LongTermMemory longTerm() {
        return Started.LONG_TERM;
    }

    /** A user of whom no store has heard, with a slash and a space in the id. */
    public static UserKey newUser() {
        return new UserKey("test", "user / " + UUID.randomUUID());
    }

    private static final class Started {
        // Stopped by the stack's own hook when this process ends.
        private static final LocalStack STACK = LocalStack.start(EnumSet.of(Part.REDIS, Part.NEO4J));
        private static final UnifiedJedis REDIS = RedisConnection.open(URI.create(STACK.redisUrl()), TIMEOUT);
        private static final Driver NEO4J = Neo4jConnection.open(STACK.neo4jUrl(), "", "", TIMEOUT);
        private static final LongTermMemory LONG_TERM = migrated();

        private Started() {}

        private static LongTermMemory migrated() {
            var longTerm = new LongTermMemory(NEO4J, TIMEOUT);
            longTerm.migrate();
            return longTerm;
        }
    }
}
