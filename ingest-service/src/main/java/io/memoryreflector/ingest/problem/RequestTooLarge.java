package io.memoryreflector.ingest.problem;

import java.io.IOException;

/** A body of unknown length turned out to be longer than a request may be. */
final class RequestTooLarge extends IOException {

    RequestTooLarge(int limit) {
        super(detail(limit));
    }

    static String detail(int limit) {
        return "The request's body is longer than " + limit + " bytes. Send it in several requests.";
    }
}
