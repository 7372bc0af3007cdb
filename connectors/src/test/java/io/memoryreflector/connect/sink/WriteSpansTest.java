package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;

class WriteSpansTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER_TRACE = "00112233445566778899001122334455";
    private static final String REFLECT = "00f067aa0ba902b7";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final List<String> writes = new ArrayList<>();
    private final WriteSpans spans = new WriteSpans(
            Tracing.of(
                    OpenTelemetrySdk.builder()
                            .setTracerProvider(SdkTracerProvider.builder()
                                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                                    .build())
                            .build(),
                    () -> {}),
            "neo4j");

    @Test
    void shouldTellOfEachRecordInItsTraceAndLinkTheBatchToThem() {
        spans.around(List.of(traced(TRACE), traced(OTHER_TRACE), untraced()), () -> writes.add("all"));

        assertThat(writes).containsExactly("all");
        var records = named("neo4j write");
        assertThat(records).extracting(SpanData::getTraceId).containsExactly(TRACE, OTHER_TRACE);
        assertThat(records).extracting(SpanData::getParentSpanId).containsOnly(REFLECT);
        assertThat(named("neo4j batch")).singleElement().satisfies(batch -> {
            assertThat(batch.getParentSpanContext().isValid()).isFalse();
            assertThat(batch.getAttributes().get(Tracing.BATCH_SIZE)).isEqualTo(3);
            assertThat(batch.getLinks())
                    .extracting(LinkData::getSpanContext)
                    .containsExactlyElementsOf(
                            records.stream().map(SpanData::getSpanContext).toList());
        });
    }

    @Test
    void shouldTellOfNothingWhereNoRecordNamesATrace() {
        spans.around(List.of(untraced()), () -> writes.add("it"));

        assertThat(writes).containsExactly("it");
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void shouldTellOfAWriteThatFailsAndPassTheFailureOn() {
        assertThatThrownBy(() -> spans.around(List.of(traced(TRACE)), () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");

        assertThat(exported.getFinishedSpanItems())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR))
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(TRACE));
    }

    private List<SpanData> named(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Decoded untraced() {
        return new Decoded(
                new SinkRecord(
                        Topics.SEMANTIC.name(), 0, null, "default/ada".getBytes(StandardCharsets.UTF_8), null, null, 0),
                null);
    }

    /** As Connect hands a header over with its own header converter. */
    private static Decoded traced(String trace) {
        var decoded = untraced();
        SchemaAndValue header = new SimpleHeaderConverter()
                .toConnectHeader(
                        Topics.SEMANTIC.name(),
                        "traceparent",
                        ("00-" + trace + "-" + REFLECT + "-01").getBytes(StandardCharsets.UTF_8));
        decoded.record().headers().add("traceparent", header);
        return decoded;
    }
}
