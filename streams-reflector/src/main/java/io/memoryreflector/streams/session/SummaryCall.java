package io.memoryreflector.streams.session;

import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.session.SessionRequest;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;

/**
 * A model is asked for a session.
 *
 * @param session its key in the store
 * @param since when its extract was written, in milliseconds since 1970
 */
record SummaryCall(Bytes session, long since, SessionRequest request) {

    /** The call has come back, on its way to the stream thread. */
    record Completion(SummaryCall call, Reflection<SessionSummary> reflection, Duration took) {}
}
