package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes an interaction of a job's JSON: pure. Lenient where a missing field has a natural default, strict where a guess
 * would lose or falsify something. A field that it does not know is kept as an entry of the metadata. Thread-safe.
 *
 * @param namespace of the jobs
 * @param namespaceField entry of the metadata that names another one; empty: none does
 * @param priorities what the numbers from 0 mean; a higher number means the last one
 * @param limits as at every entrance
 * @param bodyBytes of the largest job
 */
record JobMapping(
        String namespace,
        Optional<String> namespaceField,
        List<Priority> priorities,
        InteractionLimits limits,
        int bodyBytes) {

    static final String RETRY_COUNT = "retry_count";
    static final String MAX_RETRIES = "max_retries";

    private static final String JOB_ID = "job_id";
    private static final String USER_ID = "user_id";
    private static final String SESSION_ID = "session_id";
    private static final String USER_MESSAGE = "user_message";
    private static final String CONTENT = "content";
    private static final String ASSISTANT_RESPONSE = "assistant_response";
    private static final String TIMESTAMP = "timestamp";
    private static final String CREATED_AT = "created_at";
    private static final String PRIORITY = "priority";
    private static final String METADATA = "metadata";
    private static final Set<String> KNOWN = Set.of(
            JOB_ID,
            USER_ID,
            SESSION_ID,
            USER_MESSAGE,
            CONTENT,
            ASSISTANT_RESPONSE,
            TIMESTAMP,
            PRIORITY,
            METADATA,
            RETRY_COUNT,
            MAX_RETRIES);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Of two fields with one name, one would be lost.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @param now when the message arrived */
    Mapped map(byte[] body, BasicProperties properties, Instant now) {
        if (body.length > bodyBytes) {
            return refused("permanent", "body: got " + body.length + " bytes, takes up to " + bodyBytes);
        }
        try {
            var job = JSON.readTree(body);
            return job.isObject()
                    ? map(job, properties, now)
                    : refused("poison", "body: got no JSON object, takes a job in JSON");
        } catch (JacksonException e) {
            return refused("poison", "body: takes a job in JSON; " + e.getOriginalMessage());
        }
    }

    private Mapped map(JsonNode job, BasicProperties properties, Instant now) {
        var fields = new JobFields(job);
        var id = id(fields, properties);
        var userId = fields.id(USER_ID);
        var metadata = metadata(fields, job);
        var user = user(fields, userId, metadata);
        var occurredAt = occurredAt(fields, properties, now);
        var messages = messages(fields, id, occurredAt);
        var interaction = Interaction.newBuilder()
                .setSessionId(fields.id(SESSION_ID))
                .setPriority(priority(fields, job.path(PRIORITY), properties.getPriority()))
                .setMetadata(metadata)
                .setMessages(messages)
                .setOccurredAt(occurredAt)
                .setReceivedAt(now)
                .setSource(Source.RABBITMQ);
        if (!fields.problems().isEmpty()) {
            return new Mapped.Refused(
                    "permanent", new IllegalArgumentException(String.join("; ", fields.problems())), id, userId);
        }
        interaction.setInteractionId(id).setNamespace(user.namespace()).setUserId(user.userId());
        return new Mapped.Job(interaction.build(), counters(job));
    }

    /** Without an id, a repeat could not be told from a new job. */
    private static String id(JobFields fields, BasicProperties properties) {
        var id = fields.id(JOB_ID);
        if (id != null || !fields.problems().isEmpty()) {
            return id;
        }
        var messageId = properties.getMessageId();
        if (messageId == null || messageId.isEmpty()) {
            fields.wrong(JOB_ID, "is missing, and the message has no message_id; takes a text, the same at a repeat");
            return null;
        }
        return fields.checkedId("message_id", messageId);
    }

    private UserKey user(JobFields fields, String userId, Map<String, String> metadata) {
        try {
            return new UserKey(namespaceField.map(metadata::get).orElse(namespace), userId);
        } catch (IllegalArgumentException e) {
            var message = e.getMessage().split(": ", 2);
            var ofMetadata = message[0].equals("namespace");
            fields.wrong(ofMetadata ? METADATA + "." + namespaceField.orElseThrow() : message[0], message[1]);
            return null;
        }
    }

    private static Instant occurredAt(JobFields fields, BasicProperties properties, Instant now) {
        var before = fields.problems().size();
        var timestamp = fields.time(TIMESTAMP);
        if (timestamp != null || fields.problems().size() > before) {
            return timestamp == null ? now : timestamp;
        }
        var createdAt = fields.time(CREATED_AT);
        if (createdAt != null) {
            return createdAt;
        }
        var sent = properties.getTimestamp();
        return sent != null && InteractionLimits.isPlausible(sent.toInstant()) ? sent.toInstant() : now;
    }

    private List<Message> messages(JobFields fields, String id, Instant occurredAt) {
        var before = fields.problems().size();
        var messages = new ArrayList<Message>(2);
        var said = fields.content(USER_MESSAGE, limits.messageBytes());
        add(messages, Role.USER, said == null ? fields.content(CONTENT, limits.messageBytes()) : said, id, occurredAt);
        add(messages, Role.ASSISTANT, fields.content(ASSISTANT_RESPONSE, limits.messageBytes()), id, occurredAt);
        if (messages.isEmpty() && fields.problems().size() == before) {
            fields.wrong(
                    USER_MESSAGE, "is missing or blank, and so is assistant_response; takes a text in one of them");
        }
        return messages;
    }

    private static void add(List<Message> messages, Role role, String content, String id, Instant at) {
        if (content != null) {
            messages.add(Message.newBuilder()
                    .setMessageId(Ids.message(id, messages.size()))
                    .setRole(role)
                    .setContent(content)
                    .setSentAt(at)
                    .build());
        }
    }

    /** The job's own word counts; the message's is the same number, which the broker reads. */
    private Priority priority(JobFields fields, JsonNode value, Integer ofMessage) {
        if (JobFields.isMissing(value)) {
            return ofMessage == null ? null : priority(ofMessage);
        }
        if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0) {
            return priority(value.intValue());
        }
        if (value.isString()) {
            for (var priority : Priority.values()) {
                if (priority.name().equalsIgnoreCase(value.stringValue().strip())) {
                    return priority;
                }
            }
        }
        fields.wrong(
                PRIORITY, "got " + JobFields.quoted(value) + ", takes a number from 0 or low, normal, high, urgent");
        return null;
    }

    private Priority priority(int number) {
        return priorities.get(Math.min(number, priorities.size() - 1));
    }

    private Map<String, String> metadata(JobFields fields, JsonNode job) {
        var given = job.path(METADATA);
        var metadata = new LinkedHashMap<String, String>();
        if (given.isObject()) {
            given.properties().forEach(entry -> put(fields, metadata, entry.getKey(), entry.getValue()));
        } else if (!JobFields.isMissing(given)) {
            fields.wrong(METADATA, "got " + JobFields.quoted(given) + ", takes an object");
        }
        for (var field : job.properties()) {
            if (!KNOWN.contains(field.getKey()) && !metadata.containsKey(field.getKey())) {
                put(fields, metadata, field.getKey(), field.getValue());
            }
        }
        if (metadata.size() > limits.metadataEntries()) {
            fields.wrong(METADATA, "got " + metadata.size() + " entries, takes up to " + limits.metadataEntries());
        }
        return metadata;
    }

    private static void put(JobFields fields, Map<String, String> metadata, String key, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        var text = value.isString() ? value.stringValue() : value.toString();
        if (fields.isWellFormed(METADATA, key) && fields.isWellFormed(METADATA + "." + key, text)) {
            metadata.put(key, text);
        }
    }

    private static Map<String, String> counters(JsonNode job) {
        var counters = new LinkedHashMap<String, String>();
        for (var name : List.of(RETRY_COUNT, MAX_RETRIES)) {
            var value = job.path(name);
            if (value.isIntegralNumber()) {
                counters.put(name, value.asString());
            }
        }
        return counters;
    }

    private static Mapped.Refused refused(String kind, String why) {
        return new Mapped.Refused(kind, new IllegalArgumentException(why), null, null);
    }

    /** Names of priorities, as a setting lists them. */
    static List<Priority> priorities(List<String> names) {
        return names.stream()
                .map(name -> Priority.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }
}
