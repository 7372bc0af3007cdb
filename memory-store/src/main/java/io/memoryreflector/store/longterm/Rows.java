package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.UserForgotten;
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
import org.apache.avro.specific.SpecificRecord;
import org.neo4j.driver.Value;
import org.neo4j.driver.Values;

/** Events as parameters of the statements, and properties of nodes as memories: pure. */
final class Rows {

    private static final List<String> AMENDED = List.of(
            "amended_at", "original_text", "original_embedding", "original_embedding_model", "original_quarantine");

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
        properties.put("recorded_at", recordedAt(interaction).toEpochMilli());
        properties.put("source", lower(interaction.getSource().name()));
        properties.put(
                "raw_since",
                interaction.getReceivedAt() == null
                        ? interaction.getOccurredAt().toEpochMilli()
                        : interaction.getReceivedAt().toEpochMilli());
        properties.put("cleaned_at", null);
        return Map.of(
                "key",
                interactionKey(user, interaction.getInteractionId()),
                "properties",
                properties,
                "messages",
                messages);
    }

    static String interactionKey(String user, String interactionId) {
        return Ids.nameBased("interaction", user, interactionId);
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
                episode.getReflector().getName(),
                episode.getSource());
        properties.put("quarantine", episode.getQuarantine());
        properties.put("confidence", episode.getConfidence());
        properties.put("importance", episode.getImportance());
        properties.put("participants", episode.getParticipants());
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
                fact.getReflector().getName(),
                fact.getSource());
        properties.put("quarantine", fact.getQuarantine());
        properties.put("confidence", fact.getConfidence());
        properties.put("importance", fact.getImportance());
        properties.put("subject", fact.getSubject());
        properties.put("predicate", fact.getPredicate());
        properties.put("object", fact.getObject());
        properties.put("valid_from", fact.getValidFrom().toEpochMilli());
        properties.put("stated_valid_to", millis(fact.getValidTo()));
        properties.put("supersedes", fact.getSupersedes());
        // A release lets it end what it was made to end.
        properties.put("stated_slot", fact.getFunctional() ? slot(fact) : null);
        properties.put("slot", fact.getFunctional() && fact.getQuarantine() == null ? slot(fact) : null);
        return row(user, fact.getMemoryId(), properties, List.of(fact.getSubject(), fact.getObject()));
    }

    /** The memories that one ends: what is held back ends none. */
    static List<String> ended(String quarantine, List<String> supersedes) {
        return quarantine == null ? supersedes : List.of();
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
                procedure.getReflector().getName(),
                procedure.getSource());
        properties.put("quarantine", procedure.getQuarantine());
        properties.put("confidence", procedure.getConfidence());
        properties.put("importance", procedure.getImportance());
        properties.put("trigger", procedure.getTrigger());
        properties.put("kind", procedure.getKind());
        properties.put("polarity", procedure.getPolarity());
        properties.put("steps", procedure.getSteps());
        properties.put("valid_from", procedure.getValidFrom().toEpochMilli());
        properties.put("stated_valid_to", millis(procedure.getValidTo()));
        properties.put("supersedes", procedure.getSupersedes());
        return row(user, procedure.getMemoryId(), properties, List.of());
    }

    /** An erasure; a later one of the same target is the same row. */
    static Map<String, Object> erasure(UserForgotten erasure) {
        var user = user(erasure.getNamespace(), erasure.getUserId());
        var target = erasure.getTargetId() == null ? "" : erasure.getTargetId();
        var properties = new HashMap<String, Object>();
        properties.put("user_key", user);
        properties.put("scope", erasure.getScope().name());
        properties.put("target", erasure.getTargetId());
        properties.put("erased_at", erasure.getErasedAt().toEpochMilli());
        if (erasure.getScope() == ErasureScope.MEMORY) {
            properties.put("memory_id", target);
        }
        return Map.of(
                "key", Ids.nameBased("erasure", user, erasure.getScope().name(), target), "properties", properties);
    }

    /** A change of a memory; the same change again is the same row. */
    static Map<String, Object> amendment(MemoryAmended amendment) {
        var user = user(amendment.getNamespace(), amendment.getUserId());
        var properties = new HashMap<String, Object>();
        properties.put(
                "amendment_key", Ids.nameBased("amendment", user, amendment.getMemoryId(), amendment.getAmendmentId()));
        properties.put("amendment_id", amendment.getAmendmentId());
        properties.put("user_key", user);
        properties.put("memory_id", amendment.getMemoryId());
        properties.put("session_id", amendment.getSessionId());
        properties.put("source", lower(amendment.getSource().name()));
        properties.put("source_interactions", interactions(amendment.getSources()));
        properties.put("recorded_at", amendment.getRecordedAt().toEpochMilli());
        properties.put("text", amendment.getText());
        putEmbedding(properties, amendment.getEmbedding());
        properties.put("released", amendment.getReleased());
        properties.put("reason", amendment.getReason());
        properties.put("amended_at", amendment.getAmendedAt().toEpochMilli());
        return properties;
    }

    /** Timestamp of the interaction's record. */
    static Instant recordedAt(Interaction interaction) {
        return interaction.getReceivedAt() == null ? Instant.EPOCH : interaction.getReceivedAt();
    }

    /** The entrance that a node names; UNKNOWN where it names none. */
    static Source source(String name) {
        try {
            return Source.valueOf(name.toUpperCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Source.UNKNOWN;
        }
    }

    /** Which memory closes which, as its reflector named them. */
    static Map<String, Object> supersession(String user, String memoryId, List<String> supersedes) {
        return Map.of("user_key", user, "memory_id", memoryId, "supersedes", supersedes);
    }

    static String user(String namespace, String userId) {
        return new UserKey(namespace, userId).toString();
    }

    /** A memory as its node would be read. */
    static Memory memory(SpecificRecord event, Optional<Instant> validTo) {
        var row = event instanceof Episode episode
                ? episode(episode)
                : event instanceof Fact fact
                        ? fact(fact)
                        : event instanceof Procedure procedure ? procedure(procedure) : null;
        if (row == null) {
            throw new IllegalArgumentException("a memory is an episode, a fact or a procedure, got "
                    + event.getClass().getName());
        }
        var properties = new HashMap<String, Object>();
        ((Map<?, ?>) row.get("properties")).forEach((name, value) -> properties.put((String) name, value));
        properties.put("memory_id", row.get("memory_id"));
        properties.put("valid_to", validTo.map(Instant::toEpochMilli).orElse(null));
        return memory(Values.value(properties));
    }

    static Memory memory(Value properties) {
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
                sources(properties),
                source(properties.get("source").asString("")),
                properties.get("reflector").asString(),
                properties.get("confidence").asDouble(),
                properties.get("importance").asDouble(),
                vector.isNull() ? new float[0] : Vectors.fromBytes(ByteBuffer.wrap(vector.asByteArray())),
                properties.get("embedding_model").asString(""),
                Optional.ofNullable(properties.get("quarantine").asString(null)),
                instant(properties, "amended_at"),
                people(properties),
                situation(properties));
    }

    private static List<String> people(Value properties) {
        var subject = properties.get("subject");
        return subject.isNull()
                ? properties.get("participants").asList(Value::asString, List.of())
                : List.of(subject.asString());
    }

    /** A procedure whose words were changed may be for another one. */
    private static Optional<String> situation(Value properties) {
        return Optional.ofNullable(properties.get("trigger").asString(null))
                .filter(trigger -> properties.get("text").asString().startsWith(trigger));
    }

    /** The messages that a node rests on. */
    static List<SourceRef> sources(Value properties) {
        var interactions = properties.get("source_interactions").asList(Value::asString);
        var messages = properties.get("source_messages").asList(Value::asString);
        var sources = new ArrayList<SourceRef>(interactions.size());
        for (int i = 0; i < interactions.size(); i++) {
            sources.add(new SourceRef(interactions.get(i), messages.get(i)));
        }
        return sources;
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
            String reflector,
            Source source) {
        var properties = new HashMap<String, Object>();
        properties.put("user_key", user);
        properties.put("tier", tier.name());
        properties.put("text", text);
        properties.put("session_id", sessionId);
        properties.put("occurred_at", occurredAt.toEpochMilli());
        properties.put("recorded_at", recordedAt.toEpochMilli());
        properties.put("source_interactions", interactions(sources));
        properties.put(
                "source_messages", sources.stream().map(SourceRef::getMessageId).toList());
        properties.put("reflector", reflector);
        properties.put("source", lower(source.name()));
        putEmbedding(properties, embedding);
        // As it was made: whatever changed it is put on anew.
        for (var name : AMENDED) {
            properties.put(name, null);
        }
        return properties;
    }

    /** Without one, what was there goes. */
    private static void putEmbedding(Map<String, Object> properties, Embedding embedding) {
        properties.put("embedding", embedding == null ? null : bytes(embedding.getVector()));
        properties.put("embedding_model", embedding == null ? null : embedding.getModel());
    }

    private static List<String> interactions(List<SourceRef> sources) {
        return sources.stream().map(SourceRef::getInteractionId).toList();
    }

    private static Map<String, Object> row(
            String user, String memoryId, Map<String, Object> properties, List<String> entities) {
        var nodes = entities.stream()
                .distinct()
                .map(name -> Map.of("key", Ids.nameBased("entity", user, lower(name)), "name", name))
                .toList();
        return Map.of("user_key", user, "memory_id", memoryId, "properties", properties, "entities", nodes);
    }

    static Optional<Instant> instant(Value properties, String name) {
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
