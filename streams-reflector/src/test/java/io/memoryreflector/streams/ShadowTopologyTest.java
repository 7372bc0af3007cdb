package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** A shadow reads what everybody reads, and writes where nobody else does. */
class ShadowTopologyTest {

    private static final EventSerdes SERDES =
            new EventSerdes("unused", NamedAvroSerializer.class.getName(), NamedAvroDeserializer.class.getName());

    private final Shadow shadow = new Shadow("next");
    private final Topology topology = TopologyPicture.topology(SERDES, Optional.of(shadow));

    @Test
    void shouldWriteToItsOwnTopicsOnly() {
        assertThat(written()).isEqualTo(names(shadow)).allMatch(topic -> topic.startsWith("shadow.next."));
    }

    @Test
    void shouldReadOfOthersWhatOnlyTheyWrite() {
        var read = read();
        read.removeAll(names(shadow));

        assertThat(read).containsExactly("memory.amendments", "memory.interactions", "reflector.session-ends");
    }

    @Test
    void shouldBeTheLiveTopologyButForTheInbox() {
        var live = TopologyPicture.topology(SERDES).describe().toString();
        var described = topology.describe().toString().replace("shadow.next.", "");

        assertThat(live).startsWith(described.substring(0, described.lastIndexOf("Sub-topology")));
        assertThat(described).doesNotContain("inbox").hasSizeLessThan(live.length());
    }

    private Set<String> written() {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Sink.class::isInstance)
                .map(node -> ((TopologyDescription.Sink) node).topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> read() {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Shadow shadow) {
        return shadow.topics().stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
