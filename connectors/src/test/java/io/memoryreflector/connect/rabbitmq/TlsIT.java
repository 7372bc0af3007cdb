package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom the connector trusts, against a real broker with a certificate for the name {@code localhost} alone. */
@ExtendWith(SharedBroker.class)
class TlsIT {

    @Test
    void shouldConnectToABrokerThatItTrusts() throws Exception {
        assertThat(connects("localhost", trusting())).isTrue();
    }

    @Test
    void shouldRefuseABrokerThatNobodyVouchesFor() {
        assertThatThrownBy(() -> connects("localhost", Map.of())).satisfies(TlsIT::isOfTheHandshake);
    }

    @Test
    void shouldRefuseACertificateOfAnotherHostUnlessToldNotToLook() throws Exception {
        assertThatThrownBy(() -> connects("127.0.0.1", trusting())).satisfies(TlsIT::isOfTheHandshake);

        var trusting = new HashMap<>(trusting());
        trusting.put("rabbitmq.ssl.verify.hostname", "false");
        assertThat(connects("127.0.0.1", trusting)).isTrue();
    }

    private static void isOfTheHandshake(Throwable error) {
        assertThat(error).isInstanceOf(SSLHandshakeException.class);
        assertThat(BrokerAnswer.isRefusal(error)).isTrue();
    }

    private static boolean connects(String host, Map<String, String> more) throws Exception {
        var settings = new HashMap<>(more);
        settings.put("rabbitmq.uri", "amqps://guest:guest@" + host + ":" + SharedBroker.tlsPort());
        settings.put("schema.registry.url", "http://127.0.0.1:8081");
        try (var connection = new RabbitMqSettings(settings).connectionFactory().newConnection()) {
            return connection.isOpen();
        }
    }

    private static Map<String, String> trusting() {
        return Map.of(
                "rabbitmq.ssl.truststore.location",
                SharedBroker.certificate().trusted().toString(),
                "rabbitmq.ssl.truststore.password",
                BrokerCertificate.PASSWORD);
    }
}
