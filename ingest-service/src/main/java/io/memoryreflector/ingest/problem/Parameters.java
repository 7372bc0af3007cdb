package io.memoryreflector.ingest.problem;

import io.memoryreflector.schemas.UserKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads path segments and query parameters; what cannot be read is a 400 that names the parameter. */
public final class Parameters {

    private Parameters() {}

    /** Whose memories are asked for. */
    public static UserKey user(String namespace, String user) {
        try {
            return new UserKey(namespace, user);
        } catch (IllegalArgumentException e) {
            var message = e.getMessage().split(": ", 2);
            throw RequestProblem.parameter(message[0], message[1]);
        }
    }

    /** A whole number between two bounds, both included. */
    public static int integer(String name, String value, int otherwise, int min, int max) {
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw RequestProblem.parameter(name, "got '" + value + "', takes a whole number from " + min + " to " + max);
    }

    /** A time in ISO-8601 with its offset, of the years 1 to 9999. A plus that was not escaped reads as a space and is taken for what it was. */
    public static Optional<Instant> time(String name, String value) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        try {
            var time = OffsetDateTime.parse(value.strip().replace(' ', '+'));
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return Optional.of(time.toInstant());
            }
        } catch (DateTimeException e) {
            // Reported below with what it takes.
        }
        throw RequestProblem.parameter(
                name, "got '" + value + "', takes ISO-8601 with an offset, such as 2026-05-02T10:00:00Z");
    }

    /** {@code true} or {@code false}. */
    public static boolean flag(String name, String value) {
        if (value == null || value.isBlank() || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        throw RequestProblem.parameter(name, "got '" + value + "', takes true or false");
    }

    /** A text; an empty one counts as not given. */
    public static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }
}
