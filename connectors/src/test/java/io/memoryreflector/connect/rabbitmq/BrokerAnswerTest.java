package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | NOT_FOUND - no queue 'q' in vhost '/' | true",
                "404 | NOT_FOUND - home node 'a' of durable queue 'q' in vhost '/' is down or inaccessible | false",
                "403 | ACCESS_REFUSED - access to queue 'q' refused | true",
                "530 | NOT_ALLOWED - vhost other not found | true",
                "405 | RESOURCE_LOCKED - cannot obtain exclusive access | true",
                "406 | PRECONDITION_FAILED - inequivalent arg 'x-max-priority' | true",
                "320 | CONNECTION_FORCED - broker forced connection closure | false",
                "541 | INTERNAL_ERROR | false"
            })
    void shouldTellARefusalFromAnOutage(int code, String text, boolean refusal) {
        var channel =
                new AMQP.Channel.Close.Builder().replyCode(code).replyText(text).build();
        var connection = new AMQP.Connection.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .build();

        for (var reason : new Method[] {channel, connection}) {
            var error = new IOException(new ShutdownSignalException(false, false, reason, null));
            assertThat(BrokerAnswer.isRefusal(error)).isEqualTo(refusal);
            assertThat(BrokerAnswer.text(error)).isEqualTo(text);
        }
    }

    @Test
    void shouldWaitForWhoDoesNotAnswerAndNotForAWrongPassword() {
        assertThat(BrokerAnswer.isRefusal(new ConnectException("Connection refused")))
                .isFalse();
        assertThat(BrokerAnswer.isRefusal(new AuthenticationFailureException("ACCESS_REFUSED")))
                .isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithADirectExchange() {
        assertThat(QueueSetup.advice("e", "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'e'"))
                .contains("exchange e", "never matches", "Delete the exchange");
        assertThat(QueueSetup.advice("e", "PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'e'"))
                .contains("used as it is", "durable")
                .doesNotContain("never matches");
    }
}
