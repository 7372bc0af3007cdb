package io.memoryreflector.client.http;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** An interaction as one line of JSON, as the API takes it. Thread-safe. */
final class InteractionJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private InteractionJson() {}

    static byte[] line(Interaction interaction) {
        var json = JSON.createObjectNode()
                .put("interaction_id", interaction.getInteractionId())
                .put("user_id", interaction.getUserId())
                .put("session_id", interaction.getSessionId())
                .put("occurred_at", interaction.getOccurredAt().toString())
                .put("category", interaction.getCategory());
        // Left out, it is the default one too, or that of the key.
        if (!interaction.getNamespace().equals(UserKey.DEFAULT_NAMESPACE)) {
            json.put("namespace", interaction.getNamespace());
        }
        if (interaction.getPriority() != null) {
            json.put("priority", interaction.getPriority().name().toLowerCase(Locale.ROOT));
        }
        var messages = json.putArray("messages");
        for (var message : interaction.getMessages()) {
            messages.addObject()
                    .put("message_id", message.getMessageId())
                    .put("role", message.getRole().name().toLowerCase(Locale.ROOT))
                    .put("author", message.getAuthor())
                    .put("content", message.getContent())
                    .put("sent_at", message.getSentAt().toString());
        }
        var metadata = json.putObject("metadata");
        interaction.getMetadata().forEach(metadata::put);
        return JSON.writeValueAsBytes(json);
    }
}
