package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalStackIT {

    private static final EnumSet<Part> SERVERS = EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J);

    @Test
    void shouldStartTheServersKillAndRestartOneAndLeaveNothingBehind() throws Exception {
        long[] pids;
        try (var stack = LocalStack.start(SERVERS)) {
            var redis = stack.process(Part.REDIS);
            var before = redis.pid();
            redis.kill();
            assertThat(redis.isAlive()).isFalse();
            redis.restart();
            assertThat(redis.pid()).isNotEqualTo(before);
            assertThat(subjects(stack)).isEqualTo("[]");
            pids = SERVERS.stream().mapToLong(part -> stack.process(part).pid()).toArray();
        }
        for (var pid : pids) {
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
        }
    }

    @Test
    void shouldNameTheTakenPortAndItsVariable() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            var ports = Ports.usual(Map.of("NEO4J_PORT", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> ports.checkFree(Part.NEO4J))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("Neo4j")
                    .hasMessageContaining("NEO4J_PORT");
        }
    }

    @Test
    void shouldSayWhatAPortVariableTakes() {
        assertThatThrownBy(() -> Ports.usual(Map.of("REDIS_PORT", "many")))
                .hasMessage("REDIS_PORT: got 'many', takes a port from 1 to 65535");
    }

    private static String subjects(LocalStack stack) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/apis/ccompat/v7/subjects"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
