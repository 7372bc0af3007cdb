package io.memoryreflector.reflection.offline;

import java.time.Instant;
import java.util.stream.Collectors;

/** Puts the dates that words like "tomorrow" mean behind a statement. */
final class Dated {

    private Dated() {}

    static String statement(String statement, Instant said) {
        var dates = RelativeDates.in(statement, said).stream()
                .map(RelativeDates.Mention::date)
                .distinct()
                .collect(Collectors.joining("; "));
        return dates.isEmpty() ? statement : statement.replaceFirst("\\.$", "") + " (" + dates + ").";
    }
}
