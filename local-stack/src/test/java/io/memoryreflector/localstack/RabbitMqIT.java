package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The node is the process that is started: what is killed is gone, and leaves nothing behind. */
class RabbitMqIT {

    @Test
    void shouldBeGoneWhenKilledAndThereAgainWhenStartedAgain() {
        // A Debian package, which CI installs: skipped on a developer's machine alone.
        Assumptions.assumeTrue(
                LocalStack.isInstalled(Part.RABBITMQ), "RabbitMQ is not installed: apt-get install rabbitmq-server");
        URI url;
        List<ProcessHandle> children;
        try (var stack = LocalStack.start(Set.of(Part.RABBITMQ))) {
            url = URI.create(stack.rabbitMqUrl());
            var node = stack.process(Part.RABBITMQ);
            assertThat(answers(url)).isTrue();

            node.kill();
            assertThat(answers(url)).isFalse();

            node.restart();
            assertThat(answers(url)).isTrue();
            children = ProcessHandle.of(node.pid()).orElseThrow().descendants().toList();
        }
        assertThat(answers(url)).isFalse();
        await().atMost(Duration.ofSeconds(5)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static boolean answers(URI url) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
