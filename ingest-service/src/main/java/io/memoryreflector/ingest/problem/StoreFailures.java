package io.memoryreflector.ingest.problem;

import java.time.Duration;
import java.util.Optional;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.TransactionTerminatedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** What the stores' clients throw, in words for a caller. */
public final class StoreFailures {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFailures.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private StoreFailures() {}

    /** 503 where a store does not answer; empty on any other failure. */
    public static Optional<RequestProblem> problem(RuntimeException failure) {
        if (failure instanceof JedisException) {
            LOG.warn("a request failed because Redis did not answer: {}", failure.toString());
            return Optional.of(RequestProblem.unavailable(
                    "The short-term memory and status store (Redis) does not answer. Try again later.", RETRY_AFTER));
        }
        if (failure instanceof Neo4jException away && isAway(away)) {
            LOG.warn("a request failed because Neo4j did not answer: {}", failure.toString());
            return Optional.of(RequestProblem.unavailable(
                    "The long-term memory store (Neo4j) does not answer. Try again later.", RETRY_AFTER));
        }
        return Optional.empty();
    }

    private static boolean isAway(Neo4jException failure) {
        return failure instanceof RetryableException
                || failure instanceof ServiceUnavailableException
                || failure instanceof TransactionTerminatedException
                || failure instanceof ClientException
                        && (failure.code().contains("LockClientStopped")
                                || failure.getMessage().contains("timed out")
                                || failure.getMessage().contains("acquire connection")
                                || failure.code().contains("TransactionTimedOut"));
    }
}
