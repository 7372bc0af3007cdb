package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the connector trusts, against a real broker with a certificate for the name {@code localhost} alone. */
class TlsIT {

    private static final String PASSWORD = "secret";

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        // A Debian package, which CI installs: skipped on a developer's machine alone.
        Assumptions.assumeTrue(
                LocalStack.isInstalled(Part.RABBITMQ), "RabbitMQ is not installed: apt-get install rabbitmq-server");
        makeCertificate();
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        stack = LocalStack.start(
                Set.of(Part.RABBITMQ),
                Map.of(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-rabbit ssl_listeners [{\"127.0.0.1\",%d}] -rabbit ssl_options [{certfile,\"%s\"},{keyfile,\"%s\"}]"
                                .formatted(port, folder.resolve("certificate.pem"), folder.resolve("key.pem"))));
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

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
        settings.put("rabbitmq.uri", "amqps://guest:guest@" + host + ":" + port);
        settings.put("schema.registry.url", "http://127.0.0.1:8081");
        try (var connection = new RabbitMqSettings(settings).connectionFactory().newConnection()) {
            return connection.isOpen();
        }
    }

    private static Map<String, String> trusting() {
        return Map.of(
                "rabbitmq.ssl.truststore.location",
                folder.resolve("keys.p12").toString(),
                "rabbitmq.ssl.truststore.password",
                PASSWORD);
    }

    /** The broker takes PEM; the connector trusts the same certificate, which is its own authority. */
    private static void makeCertificate() throws Exception {
        var keys = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        write(
                "key.pem",
                "PRIVATE KEY",
                store.getKey("broker", PASSWORD.toCharArray()).getEncoded());
        write("certificate.pem", "CERTIFICATE", store.getCertificate("broker").getEncoded());
        // A store with the key is no store of trust: those hold certificates alone.
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", store.getCertificate("broker"));
        try (var file = Files.newOutputStream(keys)) {
            trusted.store(file, PASSWORD.toCharArray());
        }
    }

    private static void write(String file, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes)));
    }
}
