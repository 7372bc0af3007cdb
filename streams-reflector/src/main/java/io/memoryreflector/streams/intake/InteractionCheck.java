package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.streams.TaskCheck;
import java.time.Instant;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether an interaction that came past the REST entrance is one that could have come through it: pure.
 *
 * @param limits as at the REST entrance
 */
record InteractionCheck(InteractionLimits limits) {

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    void check(String key, Interaction interaction) {
        TaskCheck.checkKey(key, interaction.getNamespace(), interaction.getUserId());
        id("interaction_id", interaction.getInteractionId());
        if (interaction.getSessionId() != null) {
            id("session_id", interaction.getSessionId());
        }
        count("messages", interaction.getMessages().size(), 1, limits.messages());
        count("metadata", interaction.getMetadata().size(), 0, limits.metadataEntries());
        time("occurred_at", interaction.getOccurredAt());
        for (int i = 0; i < interaction.getMessages().size(); i++) {
            var message = interaction.getMessages().get(i);
            var field = "messages[" + i + "].";
            id(field + "message_id", message.getMessageId());
            time(field + "sent_at", message.getSentAt());
            bytes(field + "content", message.getContent(), 0, limits.messageBytes());
        }
    }

    private static void id(String field, String value) {
        bytes(field, value, 1, InteractionLimits.MAX_ID_BYTES);
    }

    private static void bytes(String field, String value, int min, int max) {
        // Counted without encoding the text, since this is on the way of every record.
        var bytes = Utils.utf8Length(value);
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                    field + ": got " + bytes + " bytes, takes " + min + " to " + max + " bytes of text");
        }
    }

    private static void count(String field, int got, int min, int max) {
        if (got < min || got > max) {
            throw new IllegalArgumentException(field + ": got " + got + ", takes " + min + " to " + max);
        }
    }

    private static void time(String field, Instant value) {
        if (!InteractionLimits.isPlausible(value)) {
            throw new IllegalArgumentException(field + ": got " + value + ", takes a time from "
                    + InteractionLimits.EARLIEST + " to " + InteractionLimits.LATEST);
        }
    }
}
