package io.memoryreflector.schemas.serde;

import com.microsoft.kiota.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.avro.InvalidNumberEncodingException;

/** Tells a registry that cannot answer, which has to be waited for, from bytes that nobody can decode: pure. */
public final class RegistryOutage {

    private static final int NOT_FOUND = 404;

    private RegistryOutage() {}

    /** Whether a failed decoding says nothing about the bytes. */
    public static boolean explains(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            // Broken Avro is an IOException too; taken for an outage, it would hold up its partition for ever.
            if (cause instanceof EOFException || cause instanceof InvalidNumberEncodingException) {
                return false;
            }
            if (cause instanceof ApiException answer) {
                return answer.getResponseStatusCode() != NOT_FOUND;
            }
            // The client waits for its answers in futures; nothing else in decoding has any.
            if (cause instanceof ExecutionException
                    || cause instanceof TimeoutException
                    || cause instanceof IOException) {
                return !saysNotFound(cause);
            }
        }
        return false;
    }

    /** An answer inside of a failed future says more than the future. */
    private static boolean saysNotFound(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException answer && answer.getResponseStatusCode() == NOT_FOUND) {
                return true;
            }
        }
        return false;
    }
}
