package io.memoryreflector.streams.session;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.reflect.LaneSpans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.List;

/**
 * The spans of a model that tells sessions: each attempt at a session begins a trace of its own, since a session rests on
 * many interactions, and its call is below it. Thread-safe.
 */
final class SessionSpans {

    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("memory.session_id");

    private final LaneSpans spans;

    SessionSpans(Tracing tracing, SessionProcessor.Model model) {
        this.spans = new LaneSpans(tracing, "session", model.reflector().version());
    }

    /** Begins an attempt; it began to wait when it was owed. */
    Span begin(SummaryCall call) {
        if (!spans.isOn()) {
            return Span.getInvalid();
        }
        var extract = call.request().extract();
        var user = new UserKey(extract.getNamespace(), extract.getUserId()).toString();
        return spans.attempt(
                        SpanKind.INTERNAL,
                        Context.root(),
                        user,
                        call.attempt(),
                        call.owed().getNotBefore())
                .setAttribute(SESSION, extract.getSessionId())
                .startSpan();
    }

    /** Begins the call of an attempt. */
    Span call(Span attempt) {
        return spans.call(List.of(attempt));
    }
}
