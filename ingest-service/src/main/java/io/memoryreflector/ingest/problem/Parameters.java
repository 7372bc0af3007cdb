package io.memoryreflector.ingest.problem;

import io.memoryreflector.schemas.UserKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads path segments and query parameters; what cannot be read is a 400 that names the parameter. */
public final class Parameters {

    private static final Pattern WAIT = Pattern.compile("(\\d{1,9})(ms|s)?");

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

    /** A day, of which the first or the last instant in UTC counts, or a time as {@link #time} takes it. */
    public static Optional<Instant> day(String name, String value, boolean isEnd) {
        try {
            return Optional.of(LocalDate.parse(value == null ? "" : value.strip()))
                    .filter(day -> day.getYear() >= 1 && day.getYear() <= 9999)
                    .map(day -> isEnd ? day.plusDays(1) : day)
                    .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                    .map(begin -> isEnd ? begin.minusMillis(1) : begin);
        } catch (DateTimeException e) {
            return time(name, value);
        }
    }

    /** A time to wait, such as {@code 30s}, {@code 500ms} or plain seconds, up to a bound; empty where none is given. */
    public static Optional<Duration> wait(String name, String value, Duration longest) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        var parts = WAIT.matcher(value.strip());
        if (parts.matches()) {
            var number = Long.parseLong(parts.group(1));
            var wait = "ms".equals(parts.group(2)) ? Duration.ofMillis(number) : Duration.ofSeconds(number);
            if (wait.compareTo(longest) <= 0) {
                return Optional.of(wait);
            }
        }
        throw RequestProblem.parameter(
                name, "got '" + value + "', takes a time such as 30s or 500ms, up to " + longest.toSeconds() + "s");
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
