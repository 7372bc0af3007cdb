package io.memoryreflector.client;

import io.memoryreflector.events.Priority;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An interaction to be handed over, with the fields and defaults that REST has. Immutable; checked when it is sent, so
 * that making one costs the chat nothing and throws for nothing but null.
 *
 * @param namespace separates tenants
 * @param userId whose memory it is
 * @param sessionId the conversation it belongs to; null where there is none
 * @param interactionId the same id again is the same interaction; null makes a UUIDv7
 * @param messages what was said, in order
 * @param occurredAt when it took place; null takes the last message's time, else now
 * @param priority how soon it is reflected when work waits; null leaves it to the intake
 * @param category the caller's own grouping; null where there is none
 * @param metadata the caller's own entries
 */
public record InteractionDraft(
        String namespace,
        String userId,
        String sessionId,
        String interactionId,
        List<DraftMessage> messages,
        Instant occurredAt,
        Priority priority,
        String category,
        Map<String, String> metadata) {

    public InteractionDraft {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(userId, "userId");
        messages = List.copyOf(messages);
        metadata = Map.copyOf(metadata);
    }

    /** What was said, in order. */
    public static InteractionDraft of(String userId, List<DraftMessage> messages) {
        return new InteractionDraft(
                UserKey.DEFAULT_NAMESPACE, userId, null, null, messages, null, null, null, Map.of());
    }

    /** What was said, in order. */
    public static InteractionDraft of(String userId, DraftMessage... messages) {
        return of(userId, List.of(messages));
    }

    /** One exchange: what the user said and what the assistant answered. */
    public static InteractionDraft of(String userId, String userMessage, String assistantResponse) {
        return of(userId, List.of(DraftMessage.user(userMessage), DraftMessage.assistant(assistantResponse)));
    }

    /** The same in this namespace. */
    public InteractionDraft inNamespace(String namespace) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same in this conversation. */
    public InteractionDraft inSession(String sessionId) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same under the caller's own id: a repeat of it, today or after a crash, lands once. */
    public InteractionDraft withId(String interactionId) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same at this time. */
    public InteractionDraft at(Instant occurredAt) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same with this priority. */
    public InteractionDraft withPriority(Priority priority) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same in this group. */
    public InteractionDraft withCategory(String category) {
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, metadata);
    }

    /** The same with one more entry of the caller's own. */
    public InteractionDraft with(String key, String value) {
        var more = new HashMap<>(metadata);
        more.put(key, value);
        return new InteractionDraft(
                namespace, userId, sessionId, interactionId, messages, occurredAt, priority, category, more);
    }
}
