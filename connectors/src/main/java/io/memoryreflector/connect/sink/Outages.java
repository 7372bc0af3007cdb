package io.memoryreflector.connect.sink;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a server that does not answer from one that says no: pure. */
public final class Outages {

    private Outages() {}

    /** Whether the error comes from a connection or a time-out. */
    public static boolean isNoAnswer(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
