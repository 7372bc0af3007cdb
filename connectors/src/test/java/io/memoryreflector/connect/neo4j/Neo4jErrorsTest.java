package io.memoryreflector.connect.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.connect.sink.Blame;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;

class Neo4jErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "Neo.ClientError.Statement.TypeError,RECORD",
        "Neo.ClientError.Schema.ConstraintValidationFailed,RECORD",
        "Neo.DatabaseError.Statement.ExecutionFailed,RECORD",
        "Neo.ClientError.Transaction.TransactionTimedOut,BATCH",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration,BATCH",
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError,BATCH",
        "Neo.ClientError.Database.DatabaseNotFound,SERVER",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase,SERVER",
        "Neo.ClientError.Security.Forbidden,SERVER",
        "Neo.DatabaseError.General.UnknownError,SERVER"
    })
    void shouldReadTheServersCode(String code, Blame blame) {
        assertThat(Neo4jErrors.blame(new ClientException(code, "said the server")))
                .isEqualTo(blame);
    }

    @Test
    void shouldNotBlameRecordsForAWrongPassword() {
        assertThat(Neo4jErrors.blame(new AuthenticationException("Neo.ClientError.Security.Unauthorized", "no")))
                .isEqualTo(Blame.SERVER);
    }

    @Test
    void shouldWaitForAServerThatIsNotThere() {
        assertThat(Neo4jErrors.blame(new ServiceUnavailableException("gone"))).isEqualTo(Blame.SERVER);
        assertThat(Neo4jErrors.blame(new ClientException("no connection in time", new TimeoutException())))
                .isEqualTo(Blame.SERVER);
    }

    @Test
    void shouldBlameTheRecordWhoseValuesCannotBeSent() {
        assertThat(Neo4jErrors.blame(new ClientException("unable to convert"))).isEqualTo(Blame.RECORD);
        assertThat(Neo4jErrors.blame(new IllegalArgumentException("namespace"))).isEqualTo(Blame.RECORD);
    }
}
