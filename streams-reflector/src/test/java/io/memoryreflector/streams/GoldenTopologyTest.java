package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.serde.EventSerdes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Nodes, stores and sub-topologies are what state is found by: they change only on purpose. */
class GoldenTopologyTest {

    private final Topology topology = TopologyPicture.topology(
            new EventSerdes("unused", NamedAvroSerializer.class.getName(), NamedAvroDeserializer.class.getName()));

    @Test
    void shouldDescribeTheTopologyAsBefore() throws IOException {
        var described = topology.describe().toString();
        // Kept for whoever changes the topology on purpose: copy it over the golden file.
        Files.writeString(Path.of("target", "topology.txt"), described);
        try (var golden = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(described).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldBeThePictureInTheDocuments() throws IOException {
        assertThat(TopologyPicture.page(topology)).isEqualTo(Files.readString(Path.of("..", "docs", "topology.md")));
    }
}
