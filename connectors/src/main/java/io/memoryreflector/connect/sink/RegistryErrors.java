package io.memoryreflector.connect.sink;

import com.microsoft.kiota.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.avro.InvalidNumberEncodingException;

/** Tells a registry that cannot answer from a record that cannot be decoded: pure. */
final class RegistryErrors {

    private static final int NOT_FOUND = 404;

    private RegistryErrors() {}

    /** Who is to blame for a failed decoding: the registry or the record. */
    static Blame blame(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            // Broken Avro is an IOException too; taken for an outage, it would hold up its partition for ever.
            if (cause instanceof EOFException || cause instanceof InvalidNumberEncodingException) {
                return Blame.RECORD;
            }
            if (cause instanceof ApiException answer) {
                return answer.getResponseStatusCode() == NOT_FOUND ? Blame.RECORD : Blame.SERVER;
            }
            // The client waits for its answers in futures; nothing else in decoding has any.
            if (cause instanceof ExecutionException
                    || cause instanceof TimeoutException
                    || cause instanceof IOException) {
                return deeper(cause);
            }
        }
        return Blame.RECORD;
    }

    /** An answer inside of a failed future says more than the future. */
    private static Blame deeper(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException answer && answer.getResponseStatusCode() == NOT_FOUND) {
                return Blame.RECORD;
            }
        }
        return Blame.SERVER;
    }
}
