package io.memoryreflector.streams.session;

import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.session.SessionRequest;
import io.memoryreflector.state.OwedSummary;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;

/**
 * A model is asked for a session.
 *
 * @param session its key in the store
 * @param owed what the session is owed
 */
record SummaryCall(Bytes session, OwedSummary owed, SessionRequest request) {

    /** The number of this attempt, from 1. */
    int attempt() {
        return owed.getAttempt() + 1;
    }

    /**
     * The call has come back, on its way to the stream thread.
     *
     * @param span of the attempt; none where tracing is off
     */
    record Completion(SummaryCall call, Reflection<SessionSummary> reflection, Duration took, Span span) {}
}
