package io.memoryreflector.ingest.deadletters;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.Schema;

/** Avro's times and dates, which are whole numbers, as ISO-8601. Pure. */
enum AvroTime {
    TIMESTAMP_MILLIS("timestamp-millis", "a time such as 2026-05-02T10:00:00Z") {
        @Override
        String format(long number) {
            return Instant.ofEpochMilli(number).toString();
        }

        @Override
        long parse(String text) {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        }
    },
    TIMESTAMP_MICROS("timestamp-micros", "a time such as 2026-05-02T10:00:00Z") {
        @Override
        String format(long number) {
            return Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString();
        }

        @Override
        long parse(String text) {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
        }
    },
    TIME_MILLIS("time-millis", "a time of day such as 10:00:00") {
        @Override
        String format(long number) {
            return LocalTime.MIDNIGHT.plus(number, ChronoUnit.MILLIS).toString();
        }

        @Override
        long parse(String text) {
            return ChronoUnit.MILLIS.between(LocalTime.MIDNIGHT, LocalTime.parse(text));
        }
    },
    DATE("date", "a date such as 2026-05-02") {
        @Override
        String format(long number) {
            return LocalDate.ofEpochDay(number).toString();
        }

        @Override
        long parse(String text) {
            return LocalDate.parse(text).toEpochDay();
        }
    };

    private final String logicalType;
    private final String takes;

    AvroTime(String logicalType, String takes) {
        this.logicalType = logicalType;
        this.takes = takes;
    }

    /** The kind of time that a schema says; empty for a plain number. */
    static Optional<AvroTime> of(Schema schema) {
        for (var time : values()) {
            if (schema.getLogicalType() != null
                    && time.logicalType.equals(schema.getLogicalType().getName())) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    /** What it takes, for messages. */
    String takes() {
        return takes;
    }

    abstract String format(long number);

    /** @throws java.time.DateTimeException if the text is no such time */
    abstract long parse(String text);
}
