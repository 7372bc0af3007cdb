package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Connect sees of a task: nothing here needs the registry, because the bytes are none of its format. */
class StoreSinkTaskTest {

    private static final SinkRecord GARBAGE =
            new SinkRecord(Topics.INTERACTIONS.name(), 3, null, null, null, new byte[] {9, 9, 9, 9, 9, 9}, 7);

    private final List<SinkRecord> parked = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<RuntimeException> prepareFailsWith = new ArrayList<>();
    private ErrantRecordReporter reporter = (record, error) -> {
        parked.add(record);
        return CompletableFuture.completedFuture(null);
    };
    private final Sink task = new Sink();

    @BeforeEach
    void start() {
        task.initialize(new Context());
        task.start(Map.of("schema.registry.url", "http://127.0.0.1:1", "retry.backoff.ms", "250"));
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void shouldParkARecordThatCannotBeDecoded() {
        task.put(List.of(GARBAGE));

        assertThat(parked).containsExactly(GARBAGE);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldStopWhereNobodyTakesSuchARecord() {
        reporter = null;

        assertThatThrownBy(() -> task.put(List.of(GARBAGE)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("memory.interactions-3@7")
                .hasMessageContaining("errors.deadletterqueue.topic.name");
    }

    @Test
    void shouldAskToBeCalledAgainWhileTheStoreIsDownAndParkNothingUntilThen() {
        prepareFailsWith.add(new IllegalStateException("down"));
        prepareFailsWith.add(new IllegalStateException("still down"));

        assertThatThrownBy(() -> task.put(List.of(GARBAGE))).isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> task.put(List.of(GARBAGE))).isInstanceOf(RetriableException.class);
        task.put(List.of(GARBAGE));

        assertThat(pauses).containsExactly(250L, 250L);
        assertThat(parked).containsExactly(GARBAGE);
    }

    @Test
    void shouldPrepareTheStoreBeforeTheFirstRecordAndOnce() {
        task.put(List.of());
        task.put(List.of());

        assertThat(task.prepared).isEqualTo(1);
    }

    @Test
    void shouldStopRatherThanParkEveryRecordWhereTheStoreCannotBePrepared() {
        prepareFailsWith.add(new UnsupportedOperationException("a migration was changed"));

        assertThatThrownBy(() -> task.put(List.of(GARBAGE))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(parked).isEmpty();
    }

    private final class Sink extends StoreSinkTask {

        @Override
        protected String store() {
            return "test";
        }

        private int prepared;

        @Override
        protected ConfigDef definition() {
            return SinkSettings.definition();
        }

        @Override
        protected List<Topic> topics() {
            return List.of(Topics.INTERACTIONS);
        }

        @Override
        protected void open(AbstractConfig config) {}

        @Override
        protected void prepare() {
            if (!prepareFailsWith.isEmpty()) {
                throw prepareFailsWith.remove(0);
            }
            prepared++;
        }

        @Override
        protected void write(Events events) {
            throw new AssertionError("nothing here can be decoded, got " + events);
        }

        @Override
        protected Blame blame(RuntimeException error) {
            return error instanceof IllegalStateException ? Blame.SERVER : Blame.RECORD;
        }

        @Override
        protected void close() {}
    }

    private final class Context implements SinkTaskContext {

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return reporter;
        }

        @Override
        public void timeout(long timeoutMs) {
            pauses.add(timeoutMs);
        }

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new AssertionError("a sink leaves offsets to Connect");
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new AssertionError("a sink leaves offsets to Connect");
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of();
        }

        @Override
        public void pause(TopicPartition... partitions) {
            throw new AssertionError("a sink never pauses by itself");
        }

        @Override
        public void resume(TopicPartition... partitions) {
            throw new AssertionError("a sink never pauses by itself");
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new AssertionError("a sink has no metrics of its own");
        }

        @Override
        public void requestCommit() {
            throw new AssertionError("a sink leaves offsets to Connect");
        }
    }
}
