package io.memoryreflector.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.avro.InvalidNumberEncodingException;

/** Tells a registry that cannot answer, which has to be waited for, from bytes that nobody can decode: pure. */
public final class RegistryOutage {

    private RegistryOutage() {}

    /** Whether a failed decoding says nothing about the bytes. */
    public static boolean explains(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            // Broken Avro is an IOException too; taken for an outage, it would hold up its partition for ever.
            if (cause instanceof EOFException || cause instanceof InvalidNumberEncodingException) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
