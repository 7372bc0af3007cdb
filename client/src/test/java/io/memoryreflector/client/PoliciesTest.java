package io.memoryreflector.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.client.OperationResult.Dropped;
import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.OperationResult.Spilled;
import io.memoryreflector.events.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each policy loses, and how it is told, while nothing can be sent: nobody listens at the target. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PoliciesTest {

    private static final Target AWAY = Target.kafka("127.0.0.1:1", "http://127.0.0.1:1");

    /** What leaves the buffer, though nothing leaves this process: pages of the sender and of the way to Kafka. */
    private static final int PAGE = 5 * 512;

    private static final int ENTRIES = 1024;

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path folder;

    @Test
    void shouldDropTheNewest() {
        try (var collector = start(WhenFull.dropNewest())) {
            fill(collector);
            var before = recorder.results(Dropped.class).size();

            var ids = collect(collector, 100);

            var dropped = recorder.results(Dropped.class);
            assertThat(dropped).allMatch(it -> it.reason() == Reason.BUFFER_FULL);
            assertThat(dropped.subList(before, dropped.size()))
                    .extracting(Dropped::id)
                    .containsExactlyElementsOf(ids);
            assertThat(collector.statistics().buffered()).isBetween(ENTRIES * 9 / 10, ENTRIES);
            assertThat(collector.statistics().dropped()).containsEntry(Reason.BUFFER_FULL, (long) dropped.size());
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldDropTheOldest() {
        try (var collector = start(WhenFull.dropOldest())) {
            var ids = collect(collector, 6_000);

            var dropped = recorder.results(Dropped.class);
            assertThat(dropped).isNotEmpty().allMatch(it -> it.reason() == Reason.DISPLACED);
            var report = collector.close(Duration.ZERO);
            assertThat(report.dropped()).contains(ids.get(5_999));
            assertThat(dropped.size() + report.dropped().size()).isEqualTo(6_000);
        }
    }

    @Test
    void shouldWaitForRoomNoLongerThanAllowed() {
        try (var collector = start(WhenFull.block(Duration.ofMillis(200)))) {
            collect(collector, 10);
            await().until(() -> collector.health().fault().isPresent());
            while (recorder.results(Dropped.class).isEmpty()) {
                collect(collector, 1);
            }
            var before = recorder.results(Dropped.class).size();

            var begun = System.nanoTime();
            var id = collector.collect("ada", "Is there room?", "No.");

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
            assertThat(recorder.results(Dropped.class).subList(before, before + 1))
                    .containsExactly(new Dropped(id, Reason.WAITED_IN_VAIN));
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldSpillBeforeTheBufferIsFullAndDropWhereTheDiskHasNoRoom() {
        var roomForSome = WhenFull.spill(folder.resolve("spill"), 64 << 10);
        try (var collector = start(roomForSome)) {
            List<OperationId> ids = new ArrayList<>();
            while (recorder.results(Dropped.class).isEmpty()) {
                ids.addAll(collect(collector, 100));
            }

            var report = collector.close(Duration.ZERO);

            var spilled = recorder.results(Spilled.class);
            assertThat(report.onDisk()).isEqualTo(spilled.size()).isPositive();
            assertThat(recorder.results(Dropped.class))
                    .anyMatch(it -> it.reason() == Reason.BUFFER_FULL)
                    .anyMatch(it -> it.reason() == Reason.CLOSED);
            assertThat(spilled.size() + recorder.results(Dropped.class).size()).isEqualTo(ids.size());
            assertThat(folder.resolve("spill")).isDirectoryContaining(Files::isRegularFile);
        }
    }

    @Test
    void shouldRefuseTheFolderOfAnotherCollector() {
        var spill = WhenFull.spill(folder.resolve("spill"), 1 << 20);
        try (var collector = start(spill)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> start(spill))
                    .withMessageContaining("whenFull.folder: got '")
                    .withMessageContaining("which another collector has open");
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldKeepTheLastRoomForWhatIsUrgent() {
        try (var collector = start(WhenFull.dropNewest())) {
            fill(collector);
            assertThat(collector.health().state()).isEqualTo(Health.State.FULL);
            var before = recorder.results(Dropped.class).size();
            collector.collect(InteractionDraft.of("ada", "Help!", "At once.").withPriority(Priority.URGENT));
            assertThat(recorder.results(Dropped.class)).hasSize(before);
            collector.collect("ada", "No hurry.", "Fine.");
            assertThat(recorder.results(Dropped.class)).hasSize(before + 1);
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldBoundWhatWaitsByBytes() {
        var settings = CollectorSettings.development().change().bufferBytes(64 << 10);
        try (var collector = MemoryCollector.start(AWAY, settings.build(), recorder)) {
            while (recorder.results(Dropped.class).isEmpty()) {
                collector.collect("ada", "x".repeat(10_000), "Long.");
            }
            assertThat(collector.statistics().buffered()).isLessThanOrEqualTo(6);
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldSayWhatItCouldNotSendAndTakeNothingAfterwards() {
        var collector = start(WhenFull.dropNewest());
        var ids = collect(collector, 10);

        var report = collector.close(Duration.ofMillis(50));

        assertThat(report.isComplete()).isFalse();
        assertThat(report.dropped()).containsExactlyElementsOf(ids);
        assertThat(report.unconfirmed()).isEmpty();
        assertThat(collector.close(Duration.ZERO).dropped()).isEqualTo(report.dropped());
        var late = collector.collect("ada", "Still there?", "No.");
        assertThat(recorder.results(Dropped.class)).contains(new Dropped(late, Reason.CLOSED));
        assertThat(collector.health().state()).isEqualTo(Health.State.CLOSED);
    }

    @Test
    void shouldAccountForEachOperationThatComesWhileItCloses() throws Exception {
        var collector = start(WhenFull.dropOldest());
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> collect(collector, 2_000)))
                .toList();
        threads.forEach(Thread::start);
        collector.close(Duration.ofMillis(5));
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(20).toMillis());
        }
        assertThat(recorder.results(Dropped.class).stream().map(Dropped::id).distinct())
                .hasSize(16_000);
        assertThat(collector.statistics().buffered()).isZero();
    }

    @Test
    void shouldThrowForNullAlone() {
        try (var collector = start(WhenFull.dropNewest())) {
            assertThatNullPointerException().isThrownBy(() -> collector.collect(null));
            assertThatNullPointerException()
                    .isThrownBy(() -> collector.collect(null, "Hello.", "Hi."))
                    .withMessage("userId");
            collector.close(Duration.ZERO);
        }
    }

    @Test
    void shouldGoOnWhenAListenerFails() {
        var failing = new CollectorListener() {
            @Override
            public void onResult(OperationResult result) {
                throw new IllegalStateException("a bug of the listener's");
            }
        };
        try (var collector = MemoryCollector.start(AWAY, settings(WhenFull.dropNewest()), failing, recorder)) {
            collect(collector, 6_000);
            assertThat(recorder.results(Dropped.class)).isNotEmpty();
            collector.close(Duration.ZERO);
        }
    }

    private MemoryCollector start(WhenFull whenFull) {
        return MemoryCollector.start(AWAY, settings(whenFull), recorder);
    }

    private static CollectorSettings settings(WhenFull whenFull) {
        return CollectorSettings.development()
                .change()
                .bufferEntries(ENTRIES)
                .whenFull(whenFull)
                .build();
    }

    /** Until nothing that is not urgent has room, and the sender will not make any. */
    private void fill(MemoryCollector collector) {
        collector.collect("ada", "The first one.", "Noted.");
        await().until(() -> collector.health().fault().isPresent());
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(20)).until(() -> {
            collect(collector, ENTRIES + PAGE);
            return collector.health().state() == Health.State.FULL;
        });
    }

    private static List<OperationId> collect(MemoryCollector collector, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> collector.collect("ada", "This is number " + i + ".", "Noted."))
                .toList();
    }
}
