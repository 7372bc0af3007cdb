package io.memoryreflector.ingest.tracing;

import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.trace.LogFields;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.slf4j.MDC;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * A span for each request, within Spring's own observation of it, which knows its route and when it ends. It goes on in the
 * caller's trace, and is the current one on whichever thread works on the request. Probes and scrapes have none.
 * Thread-safe.
 */
final class RequestSpans implements ObservationHandler<ServerRequestObservationContext> {

    private static final int SERVER_ERRORS = 500;

    private final Tracing tracing;

    RequestSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext request
                && !request.getCarrier().getRequestURI().startsWith("/actuator");
    }

    @Override
    public void onStart(ServerRequestObservationContext context) {
        var request = context.getCarrier();
        var span = tracing.span(
                        request.getMethod(),
                        SpanKind.SERVER,
                        TraceParent.context(request.getHeader(HeaderNames.TRACEPARENT)))
                .setAttribute(AttributeKey.stringKey("http.request.method"), request.getMethod())
                .startSpan();
        context.put(Span.class, span);
    }

    @Override
    public void onScopeOpened(ServerRequestObservationContext context) {
        Span span = context.getRequired(Span.class);
        context.put(Scope.class, span.makeCurrent());
        MDC.put(LogFields.TRACE_ID, span.getSpanContext().getTraceId());
    }

    @Override
    public void onScopeClosed(ServerRequestObservationContext context) {
        MDC.remove(LogFields.TRACE_ID);
        Scope scope = context.getRequired(Scope.class);
        scope.close();
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        Span span = context.getRequired(Span.class);
        if (context.getPathPattern() != null) {
            span.updateName(context.getCarrier().getMethod() + " " + context.getPathPattern());
            span.setAttribute(AttributeKey.stringKey("http.route"), context.getPathPattern());
        }
        if (context.getResponse() != null) {
            var status = context.getResponse().getStatus();
            span.setAttribute(AttributeKey.longKey("http.response.status_code"), (long) status);
            if (status >= SERVER_ERRORS) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }
}
