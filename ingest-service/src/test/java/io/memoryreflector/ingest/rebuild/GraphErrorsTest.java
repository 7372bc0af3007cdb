package io.memoryreflector.ingest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.exceptions.TransientException;

class GraphErrorsTest {

    @Test
    void shouldPassOverOnlyWhatWouldBeRefusedAgain() {
        assertThat(GraphErrors.isOfARecord(new IllegalArgumentException("namespace")))
                .isTrue();
        assertThat(GraphErrors.isOfARecord(
                        new ClientException("Neo.ClientError.Schema.ConstraintValidationFailed", "")))
                .isTrue();
    }

    /** A record that was passed over would be missing from the graph for good. */
    @Test
    void shouldPassOverNothingWhereTheServerIsSlowOrAway() {
        for (var error : List.of(
                new ServiceUnavailableException("gone"),
                new IllegalStateException("the driver is closed"),
                new ClientException("Unable to acquire connection from the pool", new TimeoutException()),
                new TransientException("Neo.TransientError.Transaction.DeadlockDetected", ""),
                new ClientException("Neo.ClientError.Security.Unauthorized", ""),
                new ClientException("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", ""))) {
            assertThat(GraphErrors.isOfARecord(error)).as("%s", error).isFalse();
        }
    }

    @Test
    void shouldTryFewerAtOnceWhereABatchIsTooMuch() {
        assertThat(GraphErrors.isTooMuch(
                        new ClientException("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "")))
                .isTrue();
        assertThat(GraphErrors.isTooMuch(
                        new TransientException("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "")))
                .isTrue();
        assertThat(GraphErrors.isTooMuch(new ServiceUnavailableException("gone")))
                .isFalse();
    }
}
