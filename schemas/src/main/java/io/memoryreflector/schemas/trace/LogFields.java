package io.memoryreflector.schemas.trace;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.MDC;

/**
 * Names in a log line what the line is about: {@code interaction_id}, {@code user} as {@link UserHash} writes them, and
 * {@code trace_id}. They are fields of a line in JSON. Belongs to the thread that opens it:
 *
 * <pre>{@code
 * try (var fields = LogFields.of(interactionId, recordKey, traceparent)) {
 *     LOG.warn("...");
 * }
 * }</pre>
 */
public final class LogFields implements AutoCloseable {

    static final String INTERACTION_ID = "interaction_id";
    static final String USER = "user";
    static final String TRACE_ID = "trace_id";

    private final List<String> fields = new ArrayList<>();

    private LogFields() {}

    /**
     * Fields until they are closed; one that is null or already there is left as it is.
     *
     * @param userKey {@code namespace/user_id}
     * @param traceparent as it came in a header; nothing is made of a malformed one
     */
    public static LogFields of(String interactionId, String userKey, String traceparent) {
        var fields = new LogFields();
        fields.put(INTERACTION_ID, interactionId);
        fields.put(USER, userKey == null ? null : UserHash.of(userKey));
        fields.put(TRACE_ID, TraceParent.traceId(traceparent));
        return fields;
    }

    @Override
    public void close() {
        fields.forEach(MDC::remove);
    }

    private void put(String field, String value) {
        if (value != null && MDC.get(field) == null) {
            MDC.put(field, value);
            fields.add(field);
        }
    }
}
