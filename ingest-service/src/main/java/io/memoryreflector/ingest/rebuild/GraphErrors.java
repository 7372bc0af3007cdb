package io.memoryreflector.ingest.rebuild;

import java.util.stream.Stream;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/** What an error says of the records that were to be written, as Neo4j's sink reads it: pure. */
final class GraphErrors {

    private GraphErrors() {}

    /** Whether a record is at fault: it would be refused again, by whichever server. */
    static boolean isOfARecord(RuntimeException error) {
        // Statements and constraints are about what is written. All else, a wrong password or a pool that is used up,
        // would
        // refuse anything.
        return error instanceof IllegalArgumentException
                || !(error instanceof RetryableException)
                        && hasCode(
                                error,
                                "Neo.ClientError.Statement.",
                                "Neo.ClientError.Schema.",
                                "Neo.DatabaseError.Statement.",
                                "Neo.DatabaseError.Schema.");
    }

    /** Whether fewer records at once may do. */
    static boolean isTooMuch(RuntimeException error) {
        return hasCode(error, "Neo.ClientError.Transaction.TransactionTimedOut")
                || error instanceof Neo4jException neo4j
                        && String.valueOf(neo4j.code()).contains("OutOfMemory");
    }

    private static boolean hasCode(RuntimeException error, String... prefixes) {
        return error instanceof Neo4jException neo4j
                && Stream.of(prefixes).anyMatch(String.valueOf(neo4j.code())::startsWith);
    }
}
