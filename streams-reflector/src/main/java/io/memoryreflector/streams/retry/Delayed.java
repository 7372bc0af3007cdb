package io.memoryreflector.streams.retry;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.HeaderNames;
import java.nio.charset.StandardCharsets;

/**
 * Names one of a user's delayed tasks, as an operator does in the header {@link HeaderNames#RETRY_NOW}.
 *
 * @param due in milliseconds since 1970
 */
record Delayed(Tier tier, long due, String interactionId) {

    /** @throws IllegalArgumentException if the header's value is not {@code tier/due/interaction_id} */
    static Delayed parse(byte[] header) {
        var text = header == null ? "" : new String(header, StandardCharsets.UTF_8);
        var parts = text.split("/", 3);
        try {
            var tier = Tier.valueOf(parts[0]);
            if (tier != Tier.UNKNOWN && parts.length == 3) {
                return new Delayed(tier, Long.parseUnsignedLong(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // Told below with what it takes.
        }
        throw new IllegalArgumentException(
                HeaderNames.RETRY_NOW + ": got '" + text + "', takes tier/due/interaction_id");
    }
}
