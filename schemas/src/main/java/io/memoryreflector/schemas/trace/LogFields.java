package io.memoryreflector.schemas.trace;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.MDC;

/**
 * Names in a log line what the line is about: {@code interaction_id}, {@code user} as {@link UserHash} writes them, and
 * {@code trace_id}. They are fields of a line in JSON.
 */
public final class LogFields {

    /** The trace that a line belongs to. */
    public static final String TRACE_ID = "trace_id";

    private static final String INTERACTION_ID = "interaction_id";
    private static final String USER = "user";

    private LogFields() {}

    /**
     * Writes to the log with these fields, on this thread; one that is null or already there is left as it is.
     *
     * @param userKey {@code namespace/user_id}
     * @param traceparent as it came in a header; nothing is made of a malformed one
     */
    public static void with(String interactionId, String userKey, String traceparent, Runnable log) {
        var added = new ArrayList<String>();
        put(INTERACTION_ID, interactionId, added);
        put(USER, userKey == null ? null : UserHash.of(userKey), added);
        put(TRACE_ID, TraceParent.traceId(traceparent), added);
        try {
            log.run();
        } finally {
            added.forEach(MDC::remove);
        }
    }

    private static void put(String field, String value, List<String> added) {
        if (value != null && MDC.get(field) == null) {
            MDC.put(field, value);
            added.add(field);
        }
    }
}
