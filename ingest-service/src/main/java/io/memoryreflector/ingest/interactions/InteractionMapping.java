package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.config.Limits;
import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Checks a request and makes the event of it: a pure function but for the ids of those who give none. Thread-safe. */
final class InteractionMapping {

    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAX_METADATA_BYTES = 16 * 1024;

    private final Limits limits;
    private final JsonMapper json;

    InteractionMapping(Limits limits, JsonMapper json) {
        this.limits = limits;
        this.json = json;
    }

    /**
     * The event.
     *
     * @param source the entrance that it came by
     * @param idempotencyKey from which the id is made where the request gives none
     * @param now when the request arrived
     * @throws RequestProblem naming every field that cannot be, what it got and what it takes
     */
    Interaction map(InteractionRequest request, Source source, Optional<String> idempotencyKey, Instant now) {
        var check = new Check();
        var user = check.user(request);
        var interactionId = check.id("interaction_id", request.interactionId());
        var occurredAt = check.time("occurred_at", request.occurredAt());
        var messages = messages(check, request);
        var interaction = Interaction.newBuilder()
                .setSessionId(check.id("session_id", request.sessionId()))
                .setPriority(check.choice("priority", request.priority(), Priority.class, null))
                .setCategory(check.text("category", request.category(), MAX_NAME_BYTES))
                .setMetadata(metadata(check, request.metadata()))
                .setSource(source)
                .setReceivedAt(now);
        check.fail();

        var id = interactionId == null ? newId(user, idempotencyKey, now) : interactionId;
        var lastSentAt = messages.get(messages.size() - 1).sentAt();
        var happened = occurredAt != null ? occurredAt : lastSentAt != null ? lastSentAt : now;
        return interaction
                .setInteractionId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setOccurredAt(happened)
                .setMessages(events(messages, id, happened))
                .build();
    }

    private static String newId(UserKey user, Optional<String> idempotencyKey, Instant now) {
        return idempotencyKey
                .map(key -> Ids.nameBased("idempotency-key", user.toString(), key))
                .orElseGet(() -> Ids.timeOrdered(now));
    }

    private static List<Message> events(List<Checked> messages, String interactionId, Instant occurredAt) {
        var events = new ArrayList<Message>(messages.size());
        for (var message : messages) {
            events.add(Message.newBuilder()
                    .setMessageId(message.id() == null ? Ids.message(interactionId, events.size()) : message.id())
                    .setRole(message.role())
                    .setAuthor(message.author())
                    .setContent(message.content())
                    .setSentAt(message.sentAt() == null ? occurredAt : message.sentAt())
                    .build());
        }
        return events;
    }

    private List<Checked> messages(Check check, InteractionRequest request) {
        if (request.messages() != null) {
            return listed(check, request.messages());
        }
        var said = request.userMessage() != null ? request.userMessage() : request.content();
        var field = request.userMessage() == null && request.content() != null ? "content" : "user_message";
        var messages = new ArrayList<Checked>();
        if (said != null) {
            messages.add(new Checked(null, Role.USER, null, check.content(field, said), null));
        }
        if (request.assistantResponse() != null) {
            var answered = check.content("assistant_response", request.assistantResponse());
            messages.add(new Checked(null, Role.ASSISTANT, null, answered, null));
        }
        if (messages.isEmpty()) {
            check.wrong("messages", "is missing, takes 1 to " + limits.messages() + " messages, or user_message");
        }
        return messages;
    }

    private List<Checked> listed(Check check, List<MessageRequest> requests) {
        if (requests.isEmpty() || requests.size() > limits.messages()) {
            check.wrong("messages", "got " + requests.size() + ", takes 1 to " + limits.messages());
            return List.of();
        }
        var ids = new HashSet<String>();
        var messages = new ArrayList<Checked>(requests.size());
        for (var i = 0; i < requests.size(); i++) {
            var field = "messages[" + i + "]";
            var request = requests.get(i);
            if (request == null) {
                check.wrong(field, "got null, takes an object");
                continue;
            }
            var id = check.id(field + ".message_id", request.messageId());
            if (id != null && !ids.add(id)) {
                check.wrong(field + ".message_id", "got '" + id + "' for the second time, takes one id a message");
            }
            messages.add(new Checked(
                    id,
                    check.required(field + ".role", request.role(), Role.class, Role.UNKNOWN),
                    check.text(field + ".author", request.author(), MAX_NAME_BYTES),
                    check.content(field + ".content", request.content()),
                    check.time(field + ".sent_at", request.sentAt())));
        }
        return messages;
    }

    private Map<String, String> metadata(Check check, Map<String, Object> given) {
        if (given == null) {
            return Map.of();
        }
        if (given.size() > limits.metadataEntries()) {
            check.wrong("metadata", "got " + given.size() + " entries, takes up to " + limits.metadataEntries());
            return Map.of();
        }
        var metadata = new LinkedHashMap<String, String>();
        given.forEach((key, value) -> {
            if (value != null) {
                var text = value instanceof String string ? string : json.writeValueAsString(value);
                check.text("metadata." + key, text, MAX_METADATA_BYTES);
                check.text("metadata." + key + " (the key)", key, MAX_NAME_BYTES);
                metadata.put(key, text);
            }
        });
        return metadata;
    }

    /** A message that passed; null is what the caller left out. */
    private record Checked(String id, Role role, String author, String content, Instant sentAt) {}

    /** Collects what is wrong, so that the caller hears of everything at once. */
    private final class Check {

        private final List<FieldProblem> problems = new ArrayList<>();
        private boolean tooLarge;

        void wrong(String field, String message) {
            problems.add(new FieldProblem(field, message));
        }

        void fail() {
            if (!problems.isEmpty()) {
                var status = tooLarge ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.UNPROCESSABLE_CONTENT;
                throw RequestProblem.invalid(status, problems);
            }
        }

        UserKey user(InteractionRequest request) {
            var namespace = request.namespace() == null ? UserKey.DEFAULT_NAMESPACE : request.namespace();
            try {
                var user = new UserKey(namespace, request.userId());
                wellFormed("user_id", user.userId());
                return user;
            } catch (IllegalArgumentException e) {
                var message = e.getMessage().split(": ", 2);
                wrong(message[0], message[1]);
                return null;
            }
        }

        String id(String field, String value) {
            if (value != null && value.isEmpty()) {
                wrong(field, "got '', takes 1 to " + InteractionLimits.MAX_ID_BYTES + " bytes of text");
            }
            return text(field, value, InteractionLimits.MAX_ID_BYTES);
        }

        String text(String field, String value, int maxBytes) {
            if (value != null) {
                var bytes = bytes(value);
                if (bytes > maxBytes) {
                    wrong(field, "got " + bytes + " bytes, takes up to " + maxBytes);
                }
                wellFormed(field, value);
            }
            return value;
        }

        String content(String field, String value) {
            if (value == null || value.isBlank()) {
                wrong(field, value == null ? "is missing, takes a text" : "is blank, takes a text");
                return value;
            }
            var bytes = bytes(value);
            if (bytes > limits.messageBytes()) {
                tooLarge = true;
                wrong(field, "got " + bytes + " bytes, takes up to " + limits.messageBytes());
            }
            wellFormed(field, value);
            return value;
        }

        Instant time(String field, String value) {
            if (value == null) {
                return null;
            }
            try {
                var time = OffsetDateTime.parse(value.strip()).toInstant();
                if (InteractionLimits.isPlausible(time)) {
                    return time;
                }
                wrong(
                        field,
                        "got '" + cut(value) + "', takes a time from " + InteractionLimits.EARLIEST + " to "
                                + InteractionLimits.LATEST);
                return null;
            } catch (DateTimeException e) {
                // Reported below with what it takes.
            }
            wrong(field, "got '" + cut(value) + "', takes ISO-8601 with an offset, such as 2026-05-02T10:00:00Z");
            return null;
        }

        <E extends Enum<E>> E required(String field, String value, Class<E> type, E never) {
            if (value == null) {
                wrong(field, "is missing, takes " + names(type, never));
                return never;
            }
            return choice(field, value, type, never);
        }

        <E extends Enum<E>> E choice(String field, String value, Class<E> type, E never) {
            if (value == null) {
                return null;
            }
            for (var constant : type.getEnumConstants()) {
                if (constant != never && constant.name().equalsIgnoreCase(value.strip())) {
                    return constant;
                }
            }
            wrong(field, "got '" + cut(value) + "', takes " + names(type, never));
            return never;
        }

        private <E extends Enum<E>> String names(Class<E> type, E never) {
            var names = new ArrayList<String>();
            for (var constant : type.getEnumConstants()) {
                if (constant != never) {
                    names.add(constant.name().toLowerCase(Locale.ROOT));
                }
            }
            return String.join(", ", names);
        }

        /** Half of a surrogate pair has no UTF-8: two different ids would become one. */
        private void wellFormed(String field, String value) {
            for (var i = 0; i < value.length(); i++) {
                var c = value.charAt(i);
                if (Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(c)) {
                    wrong(field, "holds half of a surrogate pair at position " + i + ", takes well-formed Unicode");
                    return;
                }
            }
        }

        private int bytes(String value) {
            return value.getBytes(StandardCharsets.UTF_8).length;
        }

        private String cut(String value) {
            return value.length() <= 64 ? value : value.substring(0, 64) + "…";
        }
    }
}
