/**
 * Traces over all programs, in OpenTelemetry's terms: one way to begin a span, to carry it in a header and to name in a
 * log line what the line is about. Whatever sends spans is in {@link io.memoryreflector.schemas.trace.OtlpTracing} alone.
 */
package io.memoryreflector.schemas.trace;
