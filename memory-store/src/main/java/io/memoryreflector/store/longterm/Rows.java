package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Value;

/** Events as parameters of the statements, and properties of nodes as memories: pure. */
final class Rows {

    private Rows() {}

    static Map<String, Object> interaction(Interaction interaction) {
        var user = user(interaction.getNamespace(), interaction.getUserId());
        var messages = new ArrayList<Map<String, Object>>();
        for (var message : interaction.getMessages()) {
            var properties = new HashMap<String, Object>();
            properties.put("user_key", user);
            properties.put("message_id", message.getMessageId());
            properties.put("role", lower(message.getRole().name()));
            properties.put("author", message.getAuthor());
            properties.put("content", message.getContent());
            properties.put("sent_at", message.getSentAt().toEpochMilli());
            messages.add(Map.of(
                    "key",
                    Ids.nameBased("message", user, interaction.getInteractionId(), message.getMessageId()),
                    "properties",
                    properties));
        }
        var properties = new HashMap<String, Object>();
        properties.put("user_key", user);
        properties.put("interaction_id", interaction.getInteractionId());
        properties.put("session_id", interaction.getSessionId());
        properties.put("occurred_at", interaction.getOccurredAt().toEpochMilli());
        properties.put("source", lower(interaction.getSource().name()));
        return Map.of(
                "key",
                Ids.nameBased("interaction", user, interaction.getInteractionId()),
                "properties",
                properties,
                "messages",
                messages);
    }

    static Map<String, Object> episode(Episode episode) {
        var user = user(episode.getNamespace(), episode.getUserId());
        var properties = properties(
                user,
                Tier.EPISODIC,
                episode.getSummary(),
                episode.getSessionId(),
                episode.getOccurredAt(),
                episode.getRecordedAt(),
                episode.getSources(),
                episode.getEmbedding(),
                episode.getReflector().getName());
        properties.put("confidence", episode.getConfidence());
        properties.put("importance", episode.getImportance());
        return row(user, episode.getMemoryId(), properties, episode.getEntities());
    }

    static Map<String, Object> fact(Fact fact) {
        var user = user(fact.getNamespace(), fact.getUserId());
        var properties = properties(
                user,
                Tier.SEMANTIC,
                fact.getStatement(),
                fact.getSessionId(),
                fact.getOccurredAt(),
                fact.getRecordedAt(),
                fact.getSources(),
                fact.getEmbedding(),
                fact.getReflector().getName());
        properties.put("confidence", fact.getConfidence());
        properties.put("importance", fact.getImportance());
        properties.put("subject", fact.getSubject());
        properties.put("predicate", fact.getPredicate());
        properties.put("object", fact.getObject());
        properties.put("valid_from", fact.getValidFrom().toEpochMilli());
        properties.put("stated_valid_to", millis(fact.getValidTo()));
        properties.put("supersedes", fact.getSupersedes());
        if (fact.getFunctional()) {
            properties.put("slot", slot(fact));
        }
        return row(user, fact.getMemoryId(), properties, List.of(fact.getSubject(), fact.getObject()));
    }

    /** What a functional fact fills: one user's one subject's one predicate. */
    static String slot(Fact fact) {
        return Ids.nameBased(
                "slot", user(fact.getNamespace(), fact.getUserId()), lower(fact.getSubject()), fact.getPredicate());
    }

    static Map<String, Object> procedure(Procedure procedure) {
        var user = user(procedure.getNamespace(), procedure.getUserId());
        var properties = properties(
                user,
                Tier.PROCEDURAL,
                procedure.getTrigger() == null
                        ? procedure.getInstruction()
                        : procedure.getTrigger() + ": " + procedure.getInstruction(),
                procedure.getSessionId(),
                procedure.getOccurredAt(),
                procedure.getRecordedAt(),
                procedure.getSources(),
                procedure.getEmbedding(),
                procedure.getReflector().getName());
        properties.put("confidence", procedure.getConfidence());
        properties.put("importance", procedure.getImportance());
        properties.put("kind", procedure.getKind());
        properties.put("polarity", procedure.getPolarity());
        properties.put("steps", procedure.getSteps());
        properties.put("valid_from", procedure.getValidFrom().toEpochMilli());
        properties.put("stated_valid_to", millis(procedure.getValidTo()));
        properties.put("supersedes", procedure.getSupersedes());
        return row(user, procedure.getMemoryId(), properties, List.of());
    }

    /** Which memory closes which, as its reflector named them. */
    static Map<String, Object> supersession(String user, String memoryId, List<String> supersedes) {
        return Map.of("user_key", user, "memory_id", memoryId, "supersedes", supersedes);
    }

    static String user(String namespace, String userId) {
        return new UserKey(namespace, userId).toString();
    }

    static Memory memory(Value properties) {
        var interactions = properties.get("source_interactions").asList(Value::asString);
        var messages = properties.get("source_messages").asList(Value::asString);
        var sources = new ArrayList<SourceRef>(interactions.size());
        for (int i = 0; i < interactions.size(); i++) {
            sources.add(new SourceRef(interactions.get(i), messages.get(i)));
        }
        var vector = properties.get("embedding");
        return new Memory(
                properties.get("memory_id").asString(),
                Tier.valueOf(properties.get("tier").asString()),
                properties.get("text").asString(),
                Optional.ofNullable(properties.get("session_id").asString(null)),
                instant(properties, "occurred_at").orElseThrow(),
                instant(properties, "recorded_at").orElseThrow(),
                instant(properties, "valid_from"),
                instant(properties, "valid_to"),
                sources,
                properties.get("reflector").asString(),
                properties.get("confidence").asDouble(),
                properties.get("importance").asDouble(),
                vector.isNull() ? new float[0] : Vectors.fromBytes(ByteBuffer.wrap(vector.asByteArray())),
                properties.get("embedding_model").asString(""));
    }

    private static Map<String, Object> properties(
            String user,
            Tier tier,
            String text,
            String sessionId,
            Instant occurredAt,
            Instant recordedAt,
            List<SourceRef> sources,
            Embedding embedding,
            String reflector) {
        var properties = new HashMap<String, Object>();
        properties.put("user_key", user);
        properties.put("tier", tier.name());
        properties.put("text", text);
        properties.put("session_id", sessionId);
        properties.put("occurred_at", occurredAt.toEpochMilli());
        properties.put("recorded_at", recordedAt.toEpochMilli());
        properties.put(
                "source_interactions",
                sources.stream().map(SourceRef::getInteractionId).toList());
        properties.put(
                "source_messages", sources.stream().map(SourceRef::getMessageId).toList());
        properties.put("reflector", reflector);
        if (embedding != null) {
            properties.put("embedding", bytes(embedding.getVector()));
            properties.put("embedding_model", embedding.getModel());
        }
        return properties;
    }

    private static Map<String, Object> row(
            String user, String memoryId, Map<String, Object> properties, List<String> entities) {
        var nodes = entities.stream()
                .distinct()
                .map(name -> Map.of("key", Ids.nameBased("entity", user, lower(name)), "name", name))
                .toList();
        return Map.of("user_key", user, "memory_id", memoryId, "properties", properties, "entities", nodes);
    }

    private static Optional<Instant> instant(Value properties, String name) {
        var value = properties.get(name);
        return value.isNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value.asLong()));
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
