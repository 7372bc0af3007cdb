package io.memoryreflector.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.client.CollectorListener;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.IngestStub;
import io.memoryreflector.client.IngestStub.Answer;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.OperationResult;
import io.memoryreflector.client.OperationResult.Duplicate;
import io.memoryreflector.client.OperationResult.Refused;
import io.memoryreflector.client.OperationResult.Sent;
import io.memoryreflector.client.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of interactions when the service answers otherwise than with 202 for all. */
class HttpTransportTest {

    private final Queue<OperationResult> results = new ConcurrentLinkedQueue<>();
    private IngestStub service;

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void shouldSendAgainWithTheSameIdsUntilThereIsAnAnswer() {
        service = new IngestStub(
                Answer.of(0, ""), Answer.of(503, "away"), Answer.of(401, "who?"), Answer.of(202, "no JSON"));
        collect("a");

        assertThat(service.ids()).hasSize(5).allMatch(ids -> ids.equals(List.of("a")));
        assertThat(results).singleElement().isInstanceOf(Sent.class);
    }

    @Test
    void shouldShowTheServiceItsKeyAndNobodyElse() {
        service = new IngestStub();
        var target = Target.http(service.uri(), "k3y-of-ours");
        try (var collector = MemoryCollector.start(target, CollectorSettings.development())) {
            collector.collect(InteractionDraft.of("ada", DraftMessage.user("hello")));
        }

        assertThat(service.keys()).containsOnly("Bearer k3y-of-ours");
        assertThat(service.batches().get(0).get(0).has("namespace")).isFalse();
        assertThat(target.toString()).doesNotContain("k3y");
        assertThatThrownBy(() -> Target.http(service.uri(), "k3y\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("k3y");
    }

    @Test
    void shouldWaitAsLongAsItIsTold() {
        service = new IngestStub(new Answer(429, Map.of("Retry-After", "1"), "too many"));
        var begun = System.nanoTime();
        collect("a");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(results).singleElement().isInstanceOf(Sent.class);
    }

    @Test
    void shouldTakeADuplicateForSentWhereItsOwnAttemptHadNoAnswer() {
        var duplicate =
                Answer.of(202, "{\"items\":[{\"index\":0,\"code\":202,\"answer\":{\"status\":\"duplicate\"}}]}");
        service = new IngestStub(Answer.of(0, ""), duplicate);
        collect("a");
        assertThat(results).singleElement().isInstanceOf(Sent.class);
        service.close();
        results.clear();

        service = new IngestStub(duplicate);
        collect("a");
        assertThat(results).singleElement().isInstanceOf(Duplicate.class);
    }

    @Test
    void shouldSendAgainOnlyWhatWasNotTaken() {
        service = new IngestStub(
                Answer.of(202, ""), // While it is held, the three become one batch.
                Answer.of(207, """
                        {"items":[
                          {"index":0,"code":422,"problem":{"errors":[{"field":"user_id","message":"got 'a'"}]}},
                          {"index":1,"code":503,"problem":{"detail":"neither took it"}},
                          {"index":2,"code":202,"answer":{"status":"queued_reflection"}}]}"""));
        collect("first", "a", "b", "c");

        assertThat(service.ids()).containsExactly(List.of("first"), List.of("a", "b", "c"), List.of("b"));
        assertThat(results)
                .hasSize(4)
                .anyMatch(result -> result instanceof Refused refused
                        && refused.id().toString().equals("a")
                        && refused.field().equals("user_id")
                        && refused.message().equals("got 'a'"));
    }

    @Test
    void shouldHalveABatchThatTheServiceDoesNotTake() {
        service = new IngestStub(
                Answer.of(202, ""),
                Answer.of(413, "{\"detail\":\"too large\"}"),
                Answer.of(413, "{\"detail\":\"too large\"}"));
        collect("first", "a", "b", "c");

        assertThat(results).hasSize(4);
        assertThat(results.stream().filter(Refused.class::isInstance)).hasSize(1);
        assertThat(results.stream().filter(Sent.class::isInstance)).hasSize(3);
    }

    private void collect(String... ids) {
        var listener = new CollectorListener() {
            @Override
            public void onResult(OperationResult result) {
                results.add(result);
            }
        };
        var settings = CollectorSettings.development()
                .change()
                .retry(Duration.ofMillis(50), Duration.ofMillis(100))
                .build();
        try (var collector = MemoryCollector.start(Target.http(service.uri()), settings, listener)) {
            service.hold();
            for (var id : ids) {
                collector.collect(InteractionDraft.of("ada", "Hello.", "Hi.").withId(id));
                // Alone in its request, so that the others are one batch behind it.
                await().until(() -> !service.batches().isEmpty());
            }
            service.goOn();
            await().until(() -> results.size() == ids.length);
            assertThat(collector.statistics().buffered()).isZero();
        }
    }
}
