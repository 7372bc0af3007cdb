package io.memoryreflector.connect.rabbitmq;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as the producers write them: ISO-8601, with a blank or a T in the middle, in UTC unless they say otherwise. Pure. */
final class JobTime {

    private static final int AFTER_THE_DATE = "2026-05-02".length();

    private JobTime() {}

    /** The time; empty if the text is none. */
    static Optional<Instant> parse(String text) {
        var time = new StringBuilder(text.strip());
        if (time.length() > AFTER_THE_DATE && time.charAt(AFTER_THE_DATE) == ' ') {
            time.setCharAt(AFTER_THE_DATE, 'T');
        }
        try {
            var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(time, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime exact
                            ? exact.toInstant()
                            : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
