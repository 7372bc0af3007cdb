package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes, stores and sub-topologies are what state is found by: they change only on purpose. */
class GoldenTopologyTest {

    @Test
    void shouldDescribeTheTopologyAsBefore() throws IOException {
        var described = describe();
        // Kept for whoever changes the topology on purpose: copy it over the golden file.
        Files.writeString(Path.of("target", "topology.txt"), described);
        try (var golden = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(described).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String describe() {
        return ReflectorTopology.build(
                        new EventSerdes(
                                "unused", NamedAvroSerializer.class.getName(), NamedAvroDeserializer.class.getName()),
                        List.of(
                                new ScriptedReflector(Tier.EPISODIC),
                                new ScriptedReflector(Tier.SEMANTIC),
                                new ScriptedReflector(Tier.PROCEDURAL)),
                        new ReflectProcessor.Shared(
                                10,
                                Duration.ofSeconds(60),
                                new FailurePolicy(
                                        3, new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15), new Random(1))),
                                new Permits(1),
                                Runnable::run),
                        ReflectorTopology.Retention.standard(),
                        new SimpleMeterRegistry())
                .describe()
                .toString();
    }
}
