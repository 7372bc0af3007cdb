package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What the topology tells of an interaction's way through it. */
class TracedTopologyTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final ReflectionFailure TIMEOUT =
            new ReflectionFailure.Transient(new IOException("connection reset"), Optional.empty());

    @Test
    void shouldCarryOneTraceFromTheInteractionToItsMemoryAndItsStatus() {
        try (var topology = TopologyFixture.thatTraces(100)) {
            // Given
            send(topology, "i1", TRACE);
            var call = topology.semantic.only();

            // When
            call.succeed(new Usage(120, 30, 1));
            topology.succeedAll();

            // Then
            var intake = span(topology, "intake");
            assertThat(intake.getTraceId()).isEqualTo(TRACE);
            assertThat(intake.getParentSpanId()).isEqualTo(SENDER);
            assertThat(intake.getKind()).isEqualTo(SpanKind.CONSUMER);
            var reflect = span(topology, "reflect semantic");
            assertThat(reflect.getParentSpanContext()).isEqualTo(remote(intake));
            assertThat(reflect.getAttributes().get(Tracing.INTERACTION)).isEqualTo("i1");
            assertThat(reflect.getAttributes().get(Tracing.USER)).isEqualTo(UserHash.of("default/ada"));
            assertThat(reflect.getAttributes().get(Tracing.ATTEMPT)).isEqualTo(1);
            assertThat(reflect.getAttributes().get(Tracing.OUTCOME)).isEqualTo("completed");
            var chat = topology.spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getKind() == SpanKind.CLIENT)
                    .filter(span -> span.getParentSpanId().equals(reflect.getSpanId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(chat.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
                    .isEqualTo(120);
            var memory = topology.<Fact>output(Topics.SEMANTIC).readRecord();
            assertThat(TraceParent.text(memory.headers())).isEqualTo(TraceParent.of(reflect.getSpanContext()));
            assertThat(memory.headers()).hasSize(1);
            assertThat(topology.<ReflectionStatus>output(Topics.REFLECTIONS).readRecordsToList())
                    .hasSize(4)
                    .allSatisfy(status ->
                            assertThat(TraceParent.text(status.headers())).startsWith("00-" + TRACE));
        }
    }

    @Test
    void shouldLinkACallForManyTasksToEachOfThem() {
        try (var topology = TopologyFixture.thatTraces(100)) {
            // Given: the second and third wait for the first, and run together
            send(topology, "i1", TRACE);
            send(topology, "i2", TRACE);
            send(topology, "i3", OTHER_TRACE);

            // When
            topology.succeedAll();

            // Then
            var batch = topology.spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getName().startsWith("chat"))
                    .filter(span -> "semantic".equals(span.getAttributes().get(Tracing.TIER)))
                    .filter(span -> !span.getLinks().isEmpty())
                    .toList();
            assertThat(batch).singleElement().satisfies(call -> {
                assertThat(call.getParentSpanContext().isValid()).isFalse();
                assertThat(call.getLinks())
                        .extracting(LinkData::getSpanContext)
                        .containsExactlyElementsOf(spans(topology, "reflect semantic").stream()
                                .filter(span -> !span.getAttributes()
                                        .get(Tracing.INTERACTION)
                                        .equals("i1"))
                                .map(SpanData::getSpanContext)
                                .toList());
                assertThat(call.getLinks())
                        .extracting(link -> link.getSpanContext().getTraceId())
                        .containsExactly(TRACE, OTHER_TRACE);
            });
        }
    }

    @Test
    void shouldTellEachAttemptInTheSameTraceAndThePlaceWhereItEnds() {
        try (var topology = TopologyFixture.thatTraces(100)) {
            send(topology, "i1", TRACE);
            for (int attempt = 0; attempt <= 3; attempt++) {
                topology.semantic.only().fail(TIMEOUT);
                topology.tick();
                topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
            }

            var attempts = spans(topology, "reflect semantic");
            var intake = span(topology, "intake");
            assertThat(attempts)
                    .hasSize(4)
                    .allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(intake.getSpanId()))
                    .allSatisfy(attempt ->
                            assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
            assertThat(attempts)
                    .extracting(attempt -> attempt.getAttributes().get(Tracing.ATTEMPT))
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(attempts)
                    .extracting(attempt ->
                            attempt.getEvents().stream().map(EventData::getName).toList())
                    .containsExactly(
                            List.of("call", "retry"),
                            List.of("call", "retry"),
                            List.of("call", "retry"),
                            List.of("call", "dead letter"));
        }
    }

    @Test
    void shouldTellEachAttemptAtASessionInATraceOfItsOwn() {
        try (var topology = TopologyFixture.thatTraces(100)) {
            // Given
            send(topology, "i1", TRACE);
            topology.succeedAll();
            topology.advance(TopologyFixture.IDLE_GAP);
            topology.advance(Duration.ofSeconds(1));

            // When
            topology.sessions.only().fail(TIMEOUT);
            topology.advance(Duration.ofSeconds(1));
            topology.advance(TopologyFixture.RETRY_DELAY.multipliedBy(2));
            topology.sessions.only().tell("Ada said something.");
            topology.advance(Duration.ofSeconds(1));

            // Then
            var attempts = spans(topology, "reflect session");
            assertThat(attempts)
                    .hasSize(2)
                    .allSatisfy(attempt -> {
                        assertThat(attempt.getParentSpanContext().isValid()).isFalse();
                        assertThat(attempt.getTraceId()).isNotEqualTo(TRACE);
                        assertThat(attempt.getAttributes().get(Tracing.USER)).isEqualTo(UserHash.of("default/ada"));
                        assertThat(attempt.getAttributes().get(Tracing.TIER)).isEqualTo("session");
                        assertThat(attempt.getAttributes().get(AttributeKey.stringKey("memory.session_id")))
                                .isEqualTo("s1");
                    })
                    .extracting(attempt -> attempt.getAttributes().get(Tracing.OUTCOME))
                    .containsExactly("retry", "completed");
            assertThat(attempts)
                    .extracting(attempt -> attempt.getAttributes().get(Tracing.ATTEMPT))
                    .containsExactly(1L, 2L);
            assertThat(attempts.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(attempts.get(1).getStartEpochNanos())
                    .isGreaterThan(attempts.get(0).getStartEpochNanos());
            for (var attempt : attempts) {
                assertThat(spans(topology, "chat model"))
                        .filteredOn(call -> call.getParentSpanId().equals(attempt.getSpanId()))
                        .singleElement()
                        .satisfies(call -> assertThat(
                                        call.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
                                .isEqualTo(100));
            }
            var summaries = topology.<SessionSummary>output(Topics.SESSIONS).readRecordsToList();
            assertThat(summaries).hasSize(2);
            assertThat(TraceParent.text(summaries.get(0).headers())).isNull();
            assertThat(TraceParent.text(summaries.get(1).headers()))
                    .isEqualTo(TraceParent.of(attempts.get(1).getSpanContext()));
        }
    }

    @Test
    void shouldMakeNoSpanAndLeaveTheHeaderAloneWhereTracingIsOff() {
        try (var topology = new TopologyFixture()) {
            send(topology, "i1", TRACE);
            topology.succeedAll();

            assertThat(topology.spans.getFinishedSpanItems()).isEmpty();
            assertThat(TraceParent.text(
                            topology.<Fact>output(Topics.SEMANTIC).readRecord().headers()))
                    .isEqualTo("00-" + TRACE + "-" + SENDER + "-01");
        }
    }

    private static void send(TopologyFixture topology, String interactionId, String trace) {
        Headers headers = new RecordHeaders()
                .add(HeaderNames.TRACEPARENT, ("00-" + trace + "-" + SENDER + "-01").getBytes(StandardCharsets.UTF_8));
        Interaction interaction = TopologyFixture.interaction("ada", interactionId, "said in " + interactionId)
                .build();
        topology.interactions.pipeInput(new TestRecord<>("default/ada", interaction, headers));
    }

    private static SpanData span(TopologyFixture topology, String name) {
        var spans = spans(topology, name);
        assertThat(spans).as(name).hasSize(1);
        return spans.get(0);
    }

    private static List<SpanData> spans(TopologyFixture topology, String name) {
        return topology.spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static SpanContext remote(SpanData span) {
        var local = span.getSpanContext();
        return SpanContext.createFromRemoteParent(
                local.getTraceId(), local.getSpanId(), local.getTraceFlags(), local.getTraceState());
    }
}
