package io.memoryreflector.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.client.OperationResult.Duplicate;
import io.memoryreflector.client.OperationResult.Refused;
import io.memoryreflector.client.OperationResult.Sent;
import io.memoryreflector.client.OperationResult.Spilled;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The collector with a real Kafka and registry, and with a real ingest-service. */
@ExtendWith(SharedStack.class)
class CollectorIT {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path folder;

    @Test
    void shouldWriteTheEventThatRestWouldWrite() {
        var occurredAt = Instant.parse("2026-05-02T10:00:00Z");
        OperationId id;
        try (var collector = toKafka(CollectorSettings.development())) {
            id = collector.collect(InteractionDraft.of(
                            "event-ada",
                            DraftMessage.user("I moved to Lisbon.")
                                    .withMessageId("D1:3")
                                    .by("Ada"),
                            DraftMessage.assistant("How is it?"))
                    .inSession("s1")
                    .at(occurredAt)
                    .withPriority(Priority.HIGH)
                    .withCategory("chat")
                    .with("channel", "web"));
        }

        var record = InteractionLog.of(SharedStack.stack(), "event-ada").get(0);
        assertThat(record.key()).isEqualTo("default/event-ada");
        var event = record.value();
        assertThat(event.getInteractionId()).isEqualTo(id.toString());
        assertThat(event.getSource()).isEqualTo(Source.SDK);
        assertThat(event.getSessionId()).isEqualTo("s1");
        assertThat(event.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(event.getCategory()).isEqualTo("chat");
        assertThat(event.getOccurredAt()).isEqualTo(occurredAt);
        assertThat(event.getReceivedAt()).isAfter(occurredAt);
        assertThat(event.getMetadata()).containsEntry("channel", "web");
        assertThat(event.getMessages().get(0).getMessageId()).isEqualTo("D1:3");
        assertThat(event.getMessages().get(0).getAuthor()).isEqualTo("Ada");
        assertThat(event.getMessages().get(1).getMessageId()).isEqualTo(id + ":1");
        assertThat(event.getMessages().get(1).getRole()).isEqualTo(Role.ASSISTANT);
        assertThat(recorder.results(Sent.class)).singleElement().satisfies(sent -> {
            assertThat(sent.id()).isEqualTo(id);
            assertThat(sent.position()).hasValue(new OperationResult.Position(record.partition(), record.offset()));
        });
    }

    @Test
    void shouldKeepTheOrderOfAUser() {
        List<String> ids;
        try (var collector = toKafka(CollectorSettings.highPerformance())) {
            ids = IntStream.range(0, 5_000)
                    .mapToObj(i -> collector
                            .collect("order-" + i % 7, "This is number " + i + ".", "Noted.")
                            .toString())
                    .toList();
        }

        for (var user = 0; user < 7; user++) {
            var remainder = user;
            assertThat(InteractionLog.ids(SharedStack.stack(), "order-" + user))
                    .isEqualTo(IntStream.range(0, ids.size())
                            .filter(i -> i % 7 == remainder)
                            .mapToObj(ids::get)
                            .toList());
        }
    }

    @Test
    void shouldSayWhichFieldIsWrongAndSendTheRest() {
        try (var collector = toKafka(CollectorSettings.development())) {
            var wrong = collector.collect("", "Hello.", "Hi.");
            collector.collect("refused-ada", " ", "Hi.");
            var right = collector.collect("refused-ada", "Hello.", "Hi.");
            await().atMost(WITHIN).until(() -> recorder.results().size() == 3);

            assertThat(recorder.results(Refused.class))
                    .contains(new Refused(wrong, "user_id", "is missing, takes 1 to 256 bytes of text"))
                    .anyMatch(refused -> refused.field().equals("messages[0].content"));
            assertThat(recorder.ids(Sent.class)).containsExactly(right.toString());
            assertThat(collector.statistics().refused()).isEqualTo(2);
        }
    }

    @Test
    void shouldNotSendARepeatAgain() {
        var draft = InteractionDraft.of("repeat-ada", "Hello.", "Hi.");
        try (var collector = toKafka(CollectorSettings.development())) {
            var first = collector.collect(draft.withId("repeat-1"));
            assertThat(collector.collect(draft.withId("repeat-1"))).isEqualTo(first);
            var bug = collector.collectBug("repeat-ada", "The page is blank.");
            assertThat(collector.collectBug("repeat-ada", "The page is blank.")).isEqualTo(bug);
            // In a chat, the same words are another interaction.
            assertThat(collector.collect(draft)).isNotEqualTo(collector.collect(draft));

            assertThat(recorder.results(Duplicate.class)).hasSize(2);
            assertThat(collector.statistics().cacheHits()).isEqualTo(2);
            assertThat(collector.statistics().cacheMisses()).isEqualTo(2);
        }
        assertThat(InteractionLog.of(SharedStack.stack(), "repeat-ada"))
                .hasSize(4)
                .anyMatch(record -> "bug".equals(record.value().getCategory()));
    }

    @Test
    void shouldSendOverHttp() {
        var ids = new ArrayList<OperationId>();
        try (var collector = MemoryCollector.start(SharedStack.http(), CollectorSettings.production(), recorder)) {
            for (var i = 0; i < 600; i++) {
                ids.add(collector.collect("http-" + i % 2, "This is number " + i + ".", "Noted."));
            }
            collector.collect("http-0", " ", "Hi.");
            ids.add(collector.collect(
                    InteractionDraft.of("http-0", "Hello.", "Hi.").withId("http-once")));
        }

        assertThat(recorder.results(Refused.class)).singleElement().satisfies(refused -> assertThat(refused.field())
                .isEqualTo("messages[0].content"));
        assertThat(recorder.results(Sent.class)).hasSize(601).allMatch(sent -> sent.position()
                .isEmpty());
        for (var user = 0; user < 2; user++) {
            var remainder = user;
            assertThat(InteractionLog.ids(SharedStack.stack(), "http-" + user))
                    .isEqualTo(IntStream.range(0, ids.size())
                            .filter(i -> i % 2 == remainder)
                            .mapToObj(i -> ids.get(i).toString())
                            .toList());
        }
        // Another collector does not know it; the service does.
        var later = new Recorder();
        try (var collector = MemoryCollector.start(SharedStack.http(), CollectorSettings.production(), later)) {
            collector.collect(InteractionDraft.of("http-0", "Hello.", "Hi.").withId("http-once"));
        }
        assertThat(later.results()).singleElement().isInstanceOf(Duplicate.class);
    }

    @Test
    void shouldSendWhatAnEarlierCollectorHasLeftOnDisk() {
        var settings = spilling();
        var away = Target.kafka("127.0.0.1:1", "http://127.0.0.1:1");
        List<String> ids;
        CloseReport report;
        try (var collector = MemoryCollector.start(away, settings, recorder)) {
            ids = IntStream.range(0, 1_000)
                    .mapToObj(i -> collector
                            .collect("left-ada", "This is number " + i + ".", "Noted.")
                            .toString())
                    .toList();
            report = collector.close(Duration.ofMillis(100));
        }
        assertThat(report.isComplete()).isTrue();
        assertThat(report.onDisk()).isEqualTo(1_000);
        assertThat(recorder.ids(Spilled.class)).isEqualTo(ids);

        try (var collector = MemoryCollector.start(SharedStack.kafka(), settings)) {
            var last = collector.collect("left-ada", "This is the last one.", "Noted.");
            await().atMost(WITHIN).untilAsserted(() -> {
                assertThat(collector.statistics().onDisk()).isZero();
                assertThat(collector.statistics().sent()).isEqualTo(1_001);
            });
            assertThat(InteractionLog.ids(SharedStack.stack(), "left-ada"))
                    .startsWith(ids.toArray(String[]::new))
                    .endsWith(last.toString())
                    .hasSize(1_001);
        }
    }

    private CollectorSettings spilling() {
        return CollectorSettings.production()
                .change()
                .whenFull(WhenFull.spill(folder.resolve("spill"), 64 << 20))
                .build();
    }

    private MemoryCollector toKafka(CollectorSettings settings) {
        return MemoryCollector.start(SharedStack.kafka(), settings, recorder);
    }
}
