package io.memoryreflector.client;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.client.OperationResult.Dropped;
import io.memoryreflector.client.OperationResult.Sent;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.localstack.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed and started again while a hundred threads collect. */
@ExtendWith(SharedStack.class)
class OutageIT {

    private static final Duration WITHIN = Duration.ofSeconds(40);
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration AFTERWARDS = Duration.ofMillis(500);
    private static final int THREADS = 100;

    /** So that both buffers are full long before the broker is back. */
    private static final long PACE_MS = 40;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingWithSpillAndExactlyWhatItSaysWithout() throws Exception {
        var small = CollectorSettings.production().change().bufferEntries(4096).inFlight(512);
        var onDisk = new Recorder();
        var inMemory = new Recorder();
        try (var spilling = MemoryCollector.start(
                        SharedStack.kafka(),
                        small.whenFull(WhenFull.spill(folder.resolve("spill"), 256 << 20))
                                .build(),
                        onDisk);
                var dropping = MemoryCollector.start(
                        SharedStack.kafka(),
                        small.whenFull(WhenFull.dropOldest()).build(),
                        inMemory)) {
            var spilled = new Callers(spilling, "outage-spill-");
            var dropped = new Callers(dropping, "outage-drop-");
            Thread.sleep(BEFORE.toMillis()); // So that records are on their way when the broker goes.

            var kafka = SharedStack.stack().process(Part.KAFKA);
            var killed = System.nanoTime();
            kafka.kill();
            Thread.sleep(AWAY.toMillis()); // The outage, which the broker's start makes longer.
            kafka.restart();
            var outage = Duration.ofNanos(System.nanoTime() - killed);
            Thread.sleep(AFTERWARDS.toMillis()); // So that some come while the backlog leaves.
            var withSpill = spilled.stop();
            var without = dropped.stop();
            for (var callers : List.of(spilled, dropped)) {
                assertThat(callers.longestCall())
                        .as("collect waits for no broker")
                        .isLessThan(outage.dividedBy(2));
            }
            assertThat(spilling.statistics().spilled()).as("went to disk").isPositive();
            await().atMost(WITHIN).untilAsserted(() -> {
                assertThat(spilling.statistics().settled()).isEqualTo(withSpill.size());
                assertThat(dropping.statistics().settled()).isEqualTo(without.size());
            });

            var log = InteractionLog.of(SharedStack.stack(), "outage-");
            assertHolds(log, "outage-spill-", new HashSet<>(withSpill));
            assertThat(onDisk.ids(Sent.class)).doesNotHaveDuplicates().hasSameSizeAs(withSpill);
            spilled.assertOrder(log);

            var lost = Set.copyOf(inMemory.ids(Dropped.class));
            assertThat(lost).as("the outage was too long for memory").isNotEmpty();
            var rest = new HashSet<>(without);
            rest.removeAll(lost);
            assertHolds(log, "outage-drop-", rest);
            assertThat(dropping.statistics().droppedInAll()).isEqualTo(lost.size());
        }
    }

    /** The log has these ids and no others, each once. */
    private static void assertHolds(List<ConsumerRecord<String, Interaction>> log, String users, Set<String> ids) {
        var logged = log.stream()
                .map(ConsumerRecord::value)
                .filter(interaction -> interaction.getUserId().startsWith(users))
                .map(Interaction::getInteractionId)
                .toList();
        var missing = new HashSet<>(ids);
        logged.forEach(missing::remove);
        assertThat(missing).as("missing").isEmpty();
        assertThat(logged).as("twice").doesNotHaveDuplicates();
        assertThat(logged).as("more than there should be").hasSameSizeAs(ids);
    }

    /** A hundred threads with a user each. */
    private static final class Callers {

        private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
        private final String users;
        private final List<List<String>> ids = new ArrayList<>();
        private final List<Thread> threads;
        private volatile boolean stopping;

        Callers(MemoryCollector collector, String users) {
            this.users = users;
            this.threads = IntStream.range(0, THREADS)
                    .mapToObj(i -> {
                        var mine = new ArrayList<String>();
                        ids.add(mine);
                        return new Thread(() -> collect(collector, users + i, mine), users + i);
                    })
                    .toList();
            threads.forEach(Thread::start);
        }

        private void collect(MemoryCollector collector, String user, List<String> mine) {
            while (!stopping) {
                var begun = System.nanoTime();
                mine.add(collector
                        .collect(user, "This is number " + mine.size() + ".", "Noted.")
                        .toString());
                longest.accumulate(System.nanoTime() - begun);
                pause();
            }
        }

        private static void pause() {
            try {
                Thread.sleep(PACE_MS); // The pace of one caller.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        List<String> stop() throws InterruptedException {
            stopping = true;
            for (var thread : threads) {
                thread.join(WITHIN.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
            return ids.stream().flatMap(List::stream).toList();
        }

        Duration longestCall() {
            return Duration.ofNanos(longest.get());
        }

        void assertOrder(List<ConsumerRecord<String, Interaction>> log) {
            var ofUser = log.stream()
                    .map(ConsumerRecord::value)
                    .collect(groupingBy(Interaction::getUserId, mapping(Interaction::getInteractionId, toList())));
            for (var i = 0; i < THREADS; i++) {
                assertThat(ofUser.get(users + i)).as(users + i).isEqualTo(ids.get(i));
            }
        }
    }
}
