package io.memoryreflector.client.chat;

import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.schemas.UserKey;
import java.util.List;

/**
 * Whose conversation it is.
 *
 * @param namespace separates tenants
 * @param userId whose memory it is
 * @param sessionId the conversation; null where there is none
 */
public record Conversation(String namespace, String userId, String sessionId) {

    /** One user's conversation in the default namespace. */
    public static Conversation of(String userId, String sessionId) {
        return new Conversation(UserKey.DEFAULT_NAMESPACE, userId, sessionId);
    }

    /** The messages as an interaction of it. */
    public InteractionDraft draft(List<DraftMessage> messages) {
        return InteractionDraft.of(userId, messages)
                .inNamespace(namespace)
                .inSession(sessionId)
                .withCategory("chat");
    }
}
