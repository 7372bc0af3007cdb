package io.memoryreflector.connect.neo4j;

import io.memoryreflector.connect.sink.Blame;
import io.memoryreflector.connect.sink.Outages;
import java.util.stream.Stream;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/** What Neo4j's errors say about whose fault they are: pure. */
final class Neo4jErrors {

    /** Given by the driver where no server has spoken. */
    private static final String NO_CODE = "N/A";

    private Neo4jErrors() {}

    static Blame blame(RuntimeException error) {
        if (!(error instanceof Neo4jException neo4j)) {
            return Outages.isNoAnswer(error) ? Blame.SERVER : Blame.RECORD;
        }
        var code = String.valueOf(neo4j.code());
        if (startsWith(code, "Neo.ClientError.Transaction.TransactionTimedOut")
                || code.contains("OutOfMemory")
                || code.contains("StackOverFlow")) {
            return Blame.BATCH;
        }
        if (neo4j instanceof RetryableException || Outages.isNoAnswer(neo4j)) {
            return Blame.SERVER;
        }
        // Statements and constraints are about what is written. All else, such as a wrong password, would refuse
        // anything.
        if (startsWith(
                code,
                "Neo.ClientError.Statement.",
                "Neo.ClientError.Schema.",
                "Neo.DatabaseError.Statement.",
                "Neo.DatabaseError.Schema.")) {
            return Blame.RECORD;
        }
        // A value that the driver cannot send.
        return code.equals(NO_CODE) && neo4j.getClass() == ClientException.class ? Blame.RECORD : Blame.SERVER;
    }

    private static boolean startsWith(String code, String... prefixes) {
        return Stream.of(prefixes).anyMatch(code::startsWith);
    }
}
