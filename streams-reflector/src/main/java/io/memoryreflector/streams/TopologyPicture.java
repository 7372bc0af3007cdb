package io.memoryreflector.streams;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.reflect.Batching;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** Draws the topology as a Mermaid flow chart, from the topology itself: {@code make topology-picture}. */
public final class TopologyPicture {

    private TopologyPicture() {}

    /** Writes the page; the only argument is the file. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), page(topology(EventSerdes.of("http://127.0.0.1:8081"))));
    }

    /** The topology with reflectors that are never called. */
    static Topology topology(EventSerdes serdes) {
        return topology(serdes, Optional.empty());
    }

    /** The same of a shadow. */
    static Topology topology(EventSerdes serdes, Optional<Shadow> shadow) {
        return ReflectorTopology.build(
                serdes,
                List.of(unused(Tier.EPISODIC), unused(Tier.SEMANTIC), unused(Tier.PROCEDURAL)),
                new ReflectProcessor.Shared(
                        Admission.UNLIMITED,
                        Duration.ofSeconds(1),
                        new FailurePolicy(0, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(1))),
                        Runnable::run,
                        new Forgotten(new Erasures(), new SimpleMeterRegistry()),
                        Tracing.off(),
                        EarlyCommits.on()),
                InteractionLimits.DEFAULT,
                true,
                Optional.empty(),
                ReflectorTopology.Retention.standard(Duration.ofMinutes(30)),
                shadow);
    }

    private static ReflectProcessor.Lane<Episode> unused(Tier tier) {
        var circuit = new Circuit(tier, Duration.ofSeconds(1), Clock.systemUTC());
        var permits = new Permits(1).lane();
        var metrics = new LaneMetrics(new SimpleMeterRegistry(), tier, circuit::state, permits::inFlight);
        return new ReflectProcessor.Lane<>(new Unused(tier), circuit, permits, Batching.of(1), false, metrics);
    }

    /** A Markdown page with the picture. */
    static String page(Topology topology) {
        var text =
                new StringBuilder("# The topology\n\nDrawn from the topology itself by `make topology-picture`; a test"
                        + " compares the two.\nBoxes are processors with their state stores, rounded boxes are topics.\n\n```mermaid\n"
                        + "flowchart LR\n");
        topology.describe().subtopologies().stream()
                .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
                .forEach(subtopology -> draw(subtopology, text));
        return text.append("```\n").toString();
    }

    private static void draw(TopologyDescription.Subtopology subtopology, StringBuilder text) {
        var nodes = subtopology.nodes().stream()
                .sorted(Comparator.comparing(TopologyDescription.Node::name))
                .toList();
        text.append("  subgraph sub-topology-%d%n".formatted(subtopology.id()));
        for (var node : nodes) {
            if (node instanceof TopologyDescription.Processor processor) {
                var stores =
                        String.join(", ", processor.stores().stream().sorted().toList());
                text.append("    %s[\"%s<br/><i>%s</i>\"]%n".formatted(processor.name(), processor.name(), stores));
            }
        }
        text.append("  end\n");
        for (var node : nodes) {
            if (node instanceof TopologyDescription.Source source) {
                for (var topic : source.topicSet().stream().sorted().toList()) {
                    source.successors()
                            .forEach(next -> text.append("  %s([%s]) --> %s%n".formatted(topic, topic, next.name())));
                }
            } else if (node instanceof TopologyDescription.Sink sink) {
                sink.predecessors()
                        .forEach(before -> text.append(
                                "  %s --> %s([%s])%n".formatted(before.name(), sink.topic(), sink.topic())));
            }
        }
    }

    private record Unused(Tier tier) implements Reflector<Episode> {
        @Override
        public ReflectorVersion version() {
            return new ReflectorVersion("none", "0", null);
        }

        @Override
        public boolean immediate() {
            return true;
        }

        @Override
        public CompletionStage<Reflection<Episode>> reflect(ReflectionRequest request) {
            return CompletableFuture.failedStage(new IllegalStateException("a picture reflects nothing"));
        }
    }
}
