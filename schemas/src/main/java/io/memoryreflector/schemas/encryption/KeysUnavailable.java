package io.memoryreflector.schemas.encryption;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.SerializationException;

/** The keys cannot be asked now; says nothing about the record, which has to wait. */
public final class KeysUnavailable extends SerializationException {

    private static final long serialVersionUID = 1L;

    KeysUnavailable(String reason, Throwable cause) {
        super(reason, cause instanceof TimeoutException ? cause : timeout(reason, cause));
    }

    /** With a time-out among its causes it reads as an outage wherever one is told from poison. */
    private static TimeoutException timeout(String reason, Throwable cause) {
        var timeout = new TimeoutException(reason);
        timeout.initCause(cause);
        return timeout;
    }
}
