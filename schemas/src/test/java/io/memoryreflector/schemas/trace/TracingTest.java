package io.memoryreflector.schemas.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Tracing tracing = Tracing.of(
            OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(exported))
                            .build())
                    .build(),
            () -> {});

    @Test
    void shouldBeOffWhereNoEndpointIsNamed() {
        var off = OtlpTracing.from(new Environment(Map.of("OTEL_SERVICE_NAME", "mine")), "program");

        assertThat(off).isSameAs(Tracing.off());
        assertThat(off.isOn()).isFalse();
        assertThat(off.span("any", SpanKind.INTERNAL, Context.root())
                        .startSpan()
                        .isRecording())
                .isFalse();
    }

    @Test
    void shouldBeOffWhereOpenTelemetryIsDisabled() {
        var environment = new Environment(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318", "OTEL_SDK_DISABLED", "true"));

        assertThat(OtlpTracing.from(environment, "program").isOn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT,collector:4318,OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,a b,OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_PROTOCOL,carrier pigeon,OTEL_*",
        "OTEL_EXPORTER_OTLP_PROTOCOL,grpc,OTEL_*",
        "OTEL_TRACES_SAMPLER,sometimes,OTEL_*"
    })
    void shouldNameTheSettingThatCannotBeUsed(String variable, String value, String named) {
        var variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"));
        variables.put(variable, value);

        assertThatThrownBy(() -> OtlpTracing.from(new Environment(variables), "program"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(named);
    }

    @Test
    void shouldGoOnInTheTraceOfAHeaderAndSetIt() {
        var headers = new RecordHeaders();
        headers.add(HeaderNames.TRACEPARENT, CALLER.getBytes(StandardCharsets.UTF_8));

        var span = tracing.span("next", SpanKind.CONSUMER, TraceParent.context(headers))
                .startSpan();
        TraceParent.set(headers, span);
        span.end();

        assertThat(exported.getFinishedSpanItems()).singleElement().satisfies(data -> {
            assertThat(data.getTraceId()).isEqualTo(TRACE);
            assertThat(data.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(headers.headers(HeaderNames.TRACEPARENT)).hasSize(1);
            assertThat(TraceParent.text(headers)).isEqualTo("00-" + TRACE + "-" + data.getSpanId() + "-01");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void shouldBeginATraceWhereTheHeaderNamesNone(String value) {
        assertThat(TraceParent.traceId(value)).isNull();
        assertThat(Span.fromContext(TraceParent.context(value)).getSpanContext().isValid())
                .isFalse();
        assertThat(TraceParent.traceId(null)).isNull();
    }

    @Test
    void shouldLinkABatchToEachOfItsThings() {
        var one = tracing.span("one", SpanKind.CONSUMER, TraceParent.context(CALLER))
                .startSpan();
        var two = tracing.span("two", SpanKind.CONSUMER, Context.root()).startSpan();

        tracing.batch("both", SpanKind.CLIENT, List.of(one, two)).startSpan().end();

        assertThat(exported.getFinishedSpanItems()).singleElement().satisfies(data -> {
            assertThat(data.getParentSpanContext().isValid()).isFalse();
            assertThat(data.getLinks())
                    .extracting(LinkData::getSpanContext)
                    .containsExactly(one.getSpanContext(), two.getSpanContext());
            assertThat(data.getAttributes().get(Tracing.BATCH_SIZE)).isEqualTo(2);
        });
    }

    @Test
    void shouldMakeABatchOfOneItsChild() {
        var one = tracing.span("one", SpanKind.CONSUMER, TraceParent.context(CALLER))
                .startSpan();

        tracing.batch("it", SpanKind.CLIENT, List.of(one)).startSpan().end();

        assertThat(exported.getFinishedSpanItems()).singleElement().satisfies(data -> {
            assertThat(data.getParentSpanContext()).isEqualTo(one.getSpanContext());
            assertThat(data.getLinks()).isEmpty();
        });
    }

    @Test
    void shouldNameInALogLineWhatItIsAboutAndNotTheUser() {
        var said = new HashMap<String, String>();

        LogFields.with(null, null, CALLER, () -> {
            LogFields.with("i1", "default/ada", null, () -> said.putAll(MDC.getCopyOfContextMap()));
            assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("trace_id", TRACE));
        });

        assertThat(said)
                .containsOnly(
                        Map.entry("interaction_id", "i1"),
                        Map.entry("user", "bdfabe4681df442c"),
                        Map.entry("trace_id", TRACE));
        assertThat(MDC.get("trace_id")).isNull();
    }
}
