package io.memoryreflector.streams.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Header;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.streams.NamedAvroDeserializer;
import io.memoryreflector.streams.NamedAvroSerializer;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.store.StoreKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelayProcessorTest {

    private static final long NOW = Instant.parse("2026-05-02T10:00:00Z").toEpochMilli();
    private static final Map<Tier, String> LANES =
            Map.of(Tier.EPISODIC, "episodic", Tier.SEMANTIC, "semantic", Tier.PROCEDURAL, "procedural");

    private record Task(String user, String id, long due) {}

    /** A stage that may be restarted over the same store. */
    private static final class Stage {

        private final KeyValueStore<Bytes, PendingTask> store;
        private final List<String> sent = new ArrayList<>();
        private final List<String> askedOfTheLane = new ArrayList<>();
        private MockProcessorContext<String, Object> context;
        private DelayProcessor processor;
        private long now = NOW;

        private Stage(KeyValueStore<Bytes, PendingTask> store) {
            this.store = store;
            start();
        }

        private void start() {
            context = new MockProcessorContext<>();
            context.addStateStore(store);
            processor = new DelayProcessor(
                    store.name(),
                    LANES,
                    "dead-letters",
                    new Forgotten(new Erasures(), new SimpleMeterRegistry()),
                    (topic, bytes) -> {
                        throw new AssertionError("nothing is forgotten here");
                    });
            processor.init(context);
        }

        private void delay(Task task) {
            var value = task(task);
            context.setRecordMetadata("reflector.retry", 0, 1);
            context.setCurrentSystemTimeMs(now);
            processor.process(new Record<>(
                    "default/" + task.user, new Raw<>(value, new NamedAvroSerializer().serialize("", value)), now));
        }

        private void askFor(Task task) {
            var asked = "SEMANTIC/" + task.due + "/" + task.id;
            var headers = new RecordHeaders().add(HeaderNames.RETRY_NOW, asked.getBytes(StandardCharsets.UTF_8));
            processor.process(new Record<>("default/" + task.user, null, now, headers));
            collect();
        }

        private void tick() {
            context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
            collect();
        }

        private void collect() {
            for (var forward : context.forwarded("semantic")) {
                if (forward.record().value() instanceof byte[] bytes) {
                    var task = (ReflectionTask) new NamedAvroDeserializer().deserialize("", bytes);
                    sent.add(task.getInteractionId());
                } else {
                    askedOfTheLane.add(forward.record().key());
                }
            }
            context.resetForwards();
        }
    }

    /** Whatever is due when, asked for, restarted: each task leaves once, in the order of due times, not too early. */
    @Property(tries = 300)
    void everyTaskLeavesOnceInItsTimeOrWhenItIsAskedFor(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 99) Integer> steps) {
        var stage = new Stage(inMemory());
        var tasks = new LinkedHashMap<String, Task>();
        for (var step : steps) {
            if (step < 50) {
                var task = new Task("user" + step % 3, "i" + tasks.size(), stage.now + step * 1_000L);
                tasks.put(task.id, task);
                stage.delay(task);
            } else if (step < 60 && !tasks.isEmpty()) {
                stage.askFor(List.copyOf(tasks.values()).get(step % tasks.size()));
            } else if (step < 65) {
                stage.start();
            } else {
                var before = stage.sent.size();
                stage.now += (step - 64) * 500L;
                stage.tick();
                var left = stage.sent.subList(before, stage.sent.size());
                assertThat(left.stream().map(id -> tasks.get(id).due))
                        .isSorted()
                        .allMatch(due -> due <= stage.now);
                assertThat(tasks.values().stream()
                                .filter(task -> task.due <= stage.now)
                                .map(Task::id))
                        .isSubsetOf(stage.sent);
            }
        }
        stage.now += 100_000;
        stage.tick();
        assertThat(stage.sent).containsExactlyInAnyOrderElementsOf(tasks.keySet());
        assertThat(stage.store.approximateNumEntries()).isZero();
    }

    @Test
    void shouldAskTheLaneForATaskThatIsNotHere() {
        var stage = new Stage(inMemory());

        stage.askFor(new Task("ada", "held in its lane", NOW + 60_000));

        assertThat(stage.sent).isEmpty();
        assertThat(stage.askedOfTheLane).containsExactly("default/ada");
    }

    /** {@code -Ddelayed.tasks=1000000} measures it with as many. */
    @Test
    void shouldLookAtNoMoreTasksThanItSendsHoweverManyWait(@TempDir File folder) {
        var waiting = Integer.getInteger("delayed.tasks", 100_000);
        var due = 10_000;
        var looks = new AtomicLong();
        var random = new Random(7);
        var rocks = rocks(folder);
        try {
            for (int i = 0; i < waiting; i++) {
                put(rocks, new Task("user" + i % 1_000, "later" + i, NOW + 60_000 + random.nextInt(3_600_000)));
            }
            for (int i = 0; i < due; i++) {
                put(rocks, new Task("ada", "due" + i, NOW + i % 1_000));
            }
            var stage = new Stage(counting(rocks, looks));
            stage.now = NOW + 1_000;
            var longest = 0L;
            for (int tick = 0; tick < 12; tick++) {
                looks.set(0);
                var before = stage.sent.size();
                var begun = System.nanoTime();
                stage.tick();
                longest = Math.max(longest, System.nanoTime() - begun);
                assertThat(looks.get()).isLessThanOrEqualTo(stage.sent.size() - before + 1L);
            }
            System.out.printf("%d delayed tasks: longest tick %.1f ms%n", waiting, longest / 1e6);
            assertThat(stage.sent).hasSize(due);
        } finally {
            rocks.close();
        }
    }

    private static void put(KeyValueStore<Bytes, PendingTask> store, Task task) {
        var key = "default/" + task.user;
        var value = ByteBuffer.wrap(new NamedAvroSerializer().serialize("", task(task)));
        store.put(
                StoreKey.of(task.due, key, task.id, Tier.SEMANTIC.name()),
                new PendingTask(
                        "reflector.retry", 0, 1L, NOW, key, value, List.<Header>of(), Priority.NORMAL, NOW, null));
    }

    private static ReflectionTask task(Task task) {
        return ReflectionTask.newBuilder()
                .setInteractionId(task.id)
                .setNamespace("default")
                .setUserId(task.user)
                .setTier(Tier.SEMANTIC)
                .setOccurredAt(Instant.ofEpochMilli(NOW))
                .setRecordedAt(Instant.ofEpochMilli(NOW))
                .setNotBefore(Instant.ofEpochMilli(task.due))
                .setMessages(List.of())
                .build();
    }

    private static KeyValueStore<Bytes, PendingTask> inMemory() {
        var context = new MockProcessorContext<String, Object>();
        return built(Stores.inMemoryKeyValueStore("delayed"), context);
    }

    private static KeyValueStore<Bytes, PendingTask> rocks(File folder) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        var context = new MockProcessorContext<String, Object>(properties, new TaskId(0, 0), folder);
        return built(Stores.persistentKeyValueStore("delayed"), context);
    }

    private static KeyValueStore<Bytes, PendingTask> built(
            KeyValueBytesStoreSupplier supplier, MockProcessorContext<?, ?> context) {
        var store = Stores.keyValueStoreBuilder(
                        supplier, Serdes.Bytes(), StateSerde.<PendingTask>of(PendingTask.SCHEMA$))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /** A store whose iterators count what is read of them. */
    @SuppressWarnings("unchecked")
    private static KeyValueStore<Bytes, PendingTask> counting(
            KeyValueStore<Bytes, PendingTask> store, AtomicLong looks) {
        return (KeyValueStore<Bytes, PendingTask>) Proxy.newProxyInstance(
                DelayProcessorTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, args) -> {
                    var answer = method.invoke(store, args);
                    if (!(answer instanceof KeyValueIterator<?, ?> iterator)) {
                        return answer;
                    }
                    return Proxy.newProxyInstance(
                            DelayProcessorTest.class.getClassLoader(),
                            new Class<?>[] {KeyValueIterator.class},
                            (p, called, arguments) -> {
                                if (called.getName().equals("next")) {
                                    looks.incrementAndGet();
                                }
                                return called.invoke(iterator, arguments);
                            });
                });
    }
}
