package io.memoryreflector.reflection.model.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long an endpoint wants to be left alone, in the three forms in which endpoints say it. */
final class RetryAfter {

    /** What asks for more is a mistake, or a clock that goes wrong. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers, Clock clock) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> number(value, 1))
                .or(() -> headers.firstValue("retry-after")
                        .flatMap(value -> number(value, 1_000).or(() -> date(value, clock))));
    }

    private static Optional<Duration> number(String value, double unitMillis) {
        try {
            var millis = Double.parseDouble(value.strip()) * unitMillis;
            return millis >= 0 ? Optional.of(bounded(Duration.ofMillis((long) Math.ceil(millis)))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String value, Clock clock) {
        try {
            var at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from);
            var wait = Duration.between(clock.instant(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : bounded(wait));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
