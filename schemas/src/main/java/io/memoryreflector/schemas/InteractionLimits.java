package io.memoryreflector.schemas;

import io.memoryreflector.schemas.env.Environment;
import java.time.Instant;

/**
 * How large an interaction may be and when it may have taken place, at every entrance alike.
 *
 * @param messageBytes bytes of UTF-8 of one message's content, {@code LIMIT_MESSAGE_BYTES}
 * @param messages messages of one interaction, {@code LIMIT_MESSAGES}
 * @param metadataEntries entries of one interaction's metadata, {@code LIMIT_METADATA_ENTRIES}
 */
public record InteractionLimits(int messageBytes, int messages, int metadataEntries) {

    /** The limits of those who set none. */
    public static final InteractionLimits DEFAULT = new InteractionLimits(256 * 1024, 200, 64);

    /** Longest id of an interaction, a session or a message, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 256;

    /** A time before this one is a mistake, such as a missing year. */
    public static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    /** A time after this one is a mistake, such as microseconds taken for milliseconds. */
    public static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Reads and checks the limits. */
    public static InteractionLimits fromEnvironment(Environment environment) {
        return new InteractionLimits(
                environment.integer("LIMIT_MESSAGE_BYTES", DEFAULT.messageBytes, 1, 3 * 1024 * 1024),
                environment.integer("LIMIT_MESSAGES", DEFAULT.messages, 1, 10_000),
                environment.integer("LIMIT_METADATA_ENTRIES", DEFAULT.metadataEntries, 0, 10_000));
    }

    /** Whether an interaction or message can be of this time. */
    public static boolean isPlausible(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
