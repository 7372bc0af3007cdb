package io.memoryreflector.schemas;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an interaction gets that its producer left out: made from the record of the log alone, so that all who read the
 * log agree, however often and in whatever order they read it. The record itself stays as its producer wrote it.
 * Thread-safe.
 *
 * @param topic in which the record stands
 * @param partition in which it stands
 * @param offset at which it stands
 * @param timestamp of the record in milliseconds since 1970; negative if it has none
 * @param replayedId text of its {@link HeaderNames#INTERACTION_ID}; what is no UUID is passed over
 */
public record InteractionDefaults(
        String topic, int partition, long offset, long timestamp, Optional<String> replayedId) {

    /** What stands for a time that was left out. */
    private static final Instant NONE = Instant.EPOCH;

    /** The interaction with its defaults; the same object if nothing was left out. Never changes what it is given. */
    public Interaction complete(Interaction interaction) {
        var noSession = "".equals(interaction.getSessionId());
        if (!interaction.getInteractionId().isEmpty()
                && !noSession
                && !NONE.equals(interaction.getOccurredAt())
                && interaction.getMessages().stream().allMatch(InteractionDefaults::isComplete)) {
            return interaction;
        }
        var id = interaction.getInteractionId().isEmpty() ? newId() : interaction.getInteractionId();
        var occurredAt = occurredAt(interaction);
        // Not by the builder's copy, which would copy each message too.
        return new Interaction(
                id,
                interaction.getNamespace(),
                interaction.getUserId(),
                noSession ? null : interaction.getSessionId(),
                messages(interaction.getMessages(), id, occurredAt),
                occurredAt,
                interaction.getReceivedAt(),
                interaction.getPriority(),
                interaction.getCategory(),
                interaction.getSource(),
                interaction.getMetadata());
    }

    private String newId() {
        return replayedId
                .filter(InteractionDefaults::isUuid)
                .orElseGet(() -> Ids.interaction(topic, partition, offset));
    }

    private static boolean isComplete(Message message) {
        return !message.getMessageId().isEmpty() && !NONE.equals(message.getSentAt());
    }

    private Instant occurredAt(Interaction interaction) {
        if (!NONE.equals(interaction.getOccurredAt())) {
            return interaction.getOccurredAt();
        }
        var messages = interaction.getMessages();
        var lastSentAt =
                messages.isEmpty() ? NONE : messages.get(messages.size() - 1).getSentAt();
        return NONE.equals(lastSentAt) ? Instant.ofEpochMilli(Math.max(0, timestamp)) : lastSentAt;
    }

    private static List<Message> messages(List<Message> given, String interactionId, Instant occurredAt) {
        var messages = new ArrayList<Message>(given.size());
        for (var message : given) {
            messages.add(new Message(
                    message.getMessageId().isEmpty()
                            ? Ids.message(interactionId, messages.size())
                            : message.getMessageId(),
                    message.getRole(),
                    message.getAuthor(),
                    message.getContent(),
                    NONE.equals(message.getSentAt()) ? occurredAt : message.getSentAt()));
        }
        return messages;
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
