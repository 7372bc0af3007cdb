/** The service's part of a trace: the request's span, and that of the record that it becomes. */
package io.memoryreflector.ingest.tracing;
