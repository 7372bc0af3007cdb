package io.memoryreflector.schemas.encryption;

import org.apache.kafka.common.errors.SerializationException;

/** A record whose key is destroyed because its user is forgotten: to be passed over and counted, never parked. */
public final class KeyDestroyed extends SerializationException {

    private static final long serialVersionUID = 1L;

    KeyDestroyed(String message) {
        super(message);
    }

    /** Whether a failed decoding is that of a forgotten user's record. */
    public static boolean explains(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KeyDestroyed) {
                return true;
            }
        }
        return false;
    }
}
