package io.memoryreflector.systemtests.dashboards.ksqldb;

/** What ksqlDB would not take; says the line and what it takes. */
final class KsqlError extends RuntimeException {

    KsqlError(Token token, String message) {
        super("line " + token.line() + ": " + message);
    }
}
