package io.memoryreflector.client;

import io.memoryreflector.events.Role;
import java.time.Instant;
import java.util.Objects;

/**
 * One utterance to be handed over. Immutable; checked when it is sent.
 *
 * @param role who speaks
 * @param content what was said
 * @param messageId the caller's own id; null makes one from the interaction's id and the position
 * @param author the speaker's name; null where unknown
 * @param sentAt when it was said; null takes the interaction's time
 */
public record DraftMessage(Role role, String content, String messageId, String author, Instant sentAt) {

    public DraftMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** What the user said. */
    public static DraftMessage user(String content) {
        return of(Role.USER, content);
    }

    /** What the assistant answered. */
    public static DraftMessage assistant(String content) {
        return of(Role.ASSISTANT, content);
    }

    /** What someone said. */
    public static DraftMessage of(Role role, String content) {
        return new DraftMessage(role, content, null, null, null);
    }

    /** The same with the caller's own id, which every memory made of it will cite. */
    public DraftMessage withMessageId(String messageId) {
        return new DraftMessage(role, content, messageId, author, sentAt);
    }

    /** The same by this speaker. */
    public DraftMessage by(String author) {
        return new DraftMessage(role, content, messageId, author, sentAt);
    }

    /** The same, said at this time. */
    public DraftMessage at(Instant sentAt) {
        return new DraftMessage(role, content, messageId, author, sentAt);
    }
}
