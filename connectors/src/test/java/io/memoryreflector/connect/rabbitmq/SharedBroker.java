package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * A RabbitMQ for all test classes that need nothing else, started by the first of them; it ends with the tests. It speaks TLS
 * too, by a certificate for the name {@code localhost} alone, and soon loses patience with whoever acknowledges nothing.
 */
final class SharedBroker implements BeforeAllCallback {

    private static BrokerCertificate certificate;
    private static LocalStack stack;
    private static int tlsPort;

    @Override
    public void beforeAll(ExtensionContext context) {
        // A Debian package, which CI installs: skipped on a developer's machine alone.
        Assumptions.assumeTrue(
                LocalStack.isInstalled(Part.RABBITMQ), "RabbitMQ is not installed: apt-get install rabbitmq-server");
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                .computeIfAbsent(SharedBroker.class, key -> start(), AutoCloseable.class);
    }

    /** The broker alone. */
    static LocalStack stack() {
        return stack;
    }

    static BrokerCertificate certificate() {
        return certificate;
    }

    static int tlsPort() {
        return tlsPort;
    }

    private static AutoCloseable start() {
        try {
            certificate = BrokerCertificate.make();
            tlsPort = freePort();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        stack = LocalStack.start(
                Set.of(Part.RABBITMQ),
                Map.of(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-rabbit consumer_timeout 3000 -rabbit channel_tick_interval 500"
                                + " -rabbit ssl_listeners [{\"127.0.0.1\",%d}] -rabbit ssl_options [{certfile,\"%s\"},{keyfile,\"%s\"}]"
                                        .formatted(tlsPort, certificate.certificate(), certificate.key())));
        return stack;
    }

    /** Below those that the system gives to whoever connects, so that nobody gets it meanwhile. */
    private static int freePort() throws IOException {
        for (var attempt = 0; ; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(24_000, 32_000);
            try (var free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
    }
}
