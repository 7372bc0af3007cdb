package io.memoryreflector.streams.deadletter;

import io.memoryreflector.events.Header;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.streams.Origins;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** What the headers of a replayed dead letter say: pure. Whoever writes nonsense there is not listened to. */
public final class Replays {

    private static final int LONGEST_ID = 64;

    private Replays() {}

    /** Attempts that were made before the replay and do not count; 0 for a task that was never replayed. */
    public static int attemptsBefore(List<Header> headers) {
        try {
            return text(headers, HeaderNames.ATTEMPTS_BEFORE)
                    .map(Integer::parseUnsignedInt)
                    .orElse(0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The dead letter that the record was before. */
    static Optional<String> deadLetterId(List<Header> headers) {
        return text(headers, HeaderNames.DEAD_LETTER_ID).filter(id -> !id.isEmpty());
    }

    /** The id that the interaction got where its record stood first. */
    public static Optional<String> interactionId(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(HeaderNames.INTERACTION_ID))
                .map(header -> header.value())
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** Takes off what was true of this record and is not of those that are made of it. */
    public static Headers withoutHistory(Headers headers) {
        return headers.remove(HeaderNames.DEAD_LETTER_ID)
                .remove(HeaderNames.ATTEMPTS_BEFORE)
                .remove(HeaderNames.RETRY_NOW)
                .remove(HeaderNames.INTERACTION_ID);
    }

    private static Optional<String> text(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equals(name) && header.getValue() != null)
                .map(header -> new String(Origins.bytes(header.getValue()), StandardCharsets.UTF_8))
                .filter(value -> value.length() <= LONGEST_ID)
                .findFirst();
    }
}
