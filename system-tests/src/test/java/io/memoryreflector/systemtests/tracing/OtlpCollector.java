package io.memoryreflector.systemtests.tracing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A collector in this process: takes OTLP over HTTP and keeps every span. Thread-safe. */
public final class OtlpCollector implements AutoCloseable {

    private static final String PATH = "/v1/traces";

    private final Queue<Told> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /**
     * A span as a program told it.
     *
     * @param service {@code service.name}
     */
    public record Told(String service, Span span) {

        /** Its trace, in hexadecimal digits. */
        public String traceId() {
            return hex(span.getTraceId());
        }

        /** Its own id, in hexadecimal digits. */
        public String spanId() {
            return hex(span.getSpanId());
        }

        /** Its parent's id, in hexadecimal digits; empty if it has none. */
        public String parentId() {
            return hex(span.getParentSpanId());
        }

        /** Ids of the spans that it is linked to. */
        public List<String> links() {
            return span.getLinksList().stream()
                    .map(link -> hex(link.getSpanId()))
                    .toList();
        }

        /** An attribute's text; empty if it has none. */
        public String attribute(String name) {
            return text(span.getAttributesList(), name);
        }

        @Override
        public String toString() {
            return service + ": " + span.getName() + " " + spanId() + " below " + parentId() + " of "
                    + attribute("messaging.destination.name");
        }
    }

    private OtlpCollector(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static OtlpCollector start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var collector = new OtlpCollector(server);
            server.createContext(PATH, collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address, for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace that have come so far. */
    public List<Told> trace(String traceId) {
        return spans.stream().filter(told -> told.traceId().equals(traceId)).toList();
    }

    /** The spans outside of a trace that are linked to one of it. */
    public List<Told> linkedTo(String spanId) {
        return spans.stream().filter(told -> told.links().contains(spanId)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(this::keep);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            // An ExportTraceServiceResponse that took all is empty.
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(ResourceSpans resource) {
        var service = text(resource.getResource().getAttributesList(), "service.name");
        resource.getScopeSpansList()
                .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(new Told(service, span))));
    }

    private static String text(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
