package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void shouldNameTheTakenPortAndItsVariable() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            var ports = Ports.usual(Map.of("NEO4J_PORT", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> ports.checkFree(Part.NEO4J))
                    .isInstanceOf(StackException.class)
                    .hasMessage(
                            "Port " + taken.getLocalPort() + " for Neo4j is taken. Stop whoever listens there, or set "
                                    + "NEO4J_PORT to a free port.");
        }
    }

    @Test
    void shouldNameTheTakenPortOfConnectsMetrics() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
            var free = Integer.toString(Ports.anyFree());
            var ports = Ports.usual(
                    Map.of("CONNECT_PORT", free, "CONNECT_METRICS_PORT", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> ports.checkFree(Part.CONNECT))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("set CONNECT_METRICS_PORT to a free port");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "0", "65536", ""})
    void shouldSayWhatAPortVariableTakes(String value) {
        assertThatThrownBy(() -> Ports.usual(Map.of("REDIS_PORT", value)))
                .hasMessage("REDIS_PORT: got '" + value + "', takes a port from 1 to 65535");
    }

    @Test
    void shouldChooseFreePortsThatNoOutgoingConnectionIsGiven() {
        var ports = Ports.free();

        assertThat(Arrays.stream(Part.values()).map(ports::of))
                .doesNotHaveDuplicates()
                .allMatch(port -> port < 32_768);
        for (var part : Part.values()) {
            ports.checkFree(part);
        }
    }
}
