package io.memoryreflector.client.event;

import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.buffer.Operation;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a draft and makes the event of it: a pure function. Thread-safe. */
public final class DraftMapping {

    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAX_METADATA_BYTES = 16 * 1024;
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private final InteractionLimits limits;

    public DraftMapping(InteractionLimits limits) {
        this.limits = limits;
    }

    /**
     * The event.
     *
     * @throws InvalidDraft naming the first field that cannot be, what it got and what it takes
     */
    public Interaction map(Operation operation) throws InvalidDraft {
        var draft = operation.draft();
        var id = operation.id().toString();
        var now = Instant.ofEpochMilli(operation.epochMillis());
        checkUser(draft);
        checkId("interaction_id", id);
        checkId("session_id", draft.sessionId());
        checkText("category", draft.category(), MAX_NAME_BYTES);
        checkTime("occurred_at", draft.occurredAt());
        checkMetadata(draft);
        var happened = happened(draft, now);
        return new Interaction(
                id,
                draft.namespace(),
                draft.userId(),
                draft.sessionId(),
                messages(draft.messages(), id, happened),
                happened,
                now,
                draft.priority(),
                draft.category(),
                Source.SDK,
                draft.metadata());
    }

    private static Instant happened(InteractionDraft draft, Instant now) {
        if (draft.occurredAt() != null) {
            return draft.occurredAt();
        }
        var last = draft.messages().isEmpty()
                ? null
                : draft.messages().get(draft.messages().size() - 1).sentAt();
        return last == null ? now : last;
    }

    private List<Message> messages(List<DraftMessage> drafts, String interactionId, Instant happened)
            throws InvalidDraft {
        if (drafts.isEmpty() || drafts.size() > limits.messages()) {
            throw new InvalidDraft("messages", "got " + drafts.size() + ", takes 1 to " + limits.messages());
        }
        var ids = new HashSet<String>();
        var messages = new ArrayList<Message>(drafts.size());
        for (var i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            check("messages[" + i + "]", draft, ids);
            messages.add(new Message(
                    draft.messageId() == null ? interactionId + ":" + i : draft.messageId(),
                    draft.role(),
                    draft.author(),
                    draft.content(),
                    draft.sentAt() == null ? happened : draft.sentAt()));
        }
        return messages;
    }

    private void check(String field, DraftMessage draft, Set<String> ids) throws InvalidDraft {
        if (draft.role() == Role.UNKNOWN) {
            throw new InvalidDraft(field + ".role", "got 'unknown', takes user, assistant, system, tool");
        }
        if (draft.content().isBlank()) {
            throw new InvalidDraft(field + ".content", "is blank, takes a text");
        }
        checkId(field + ".message_id", draft.messageId());
        if (draft.messageId() != null && !ids.add(draft.messageId())) {
            throw new InvalidDraft(
                    field + ".message_id",
                    "got '" + draft.messageId() + "' for the second time, takes one id a message");
        }
        checkText(field + ".author", draft.author(), MAX_NAME_BYTES);
        checkText(field + ".content", draft.content(), limits.messageBytes());
        checkTime(field + ".sent_at", draft.sentAt());
    }

    private static void checkUser(InteractionDraft draft) throws InvalidDraft {
        try {
            checkWellFormed("user_id", new UserKey(draft.namespace(), draft.userId()).userId());
        } catch (IllegalArgumentException wrong) {
            var message = wrong.getMessage().split(": ", 2);
            throw new InvalidDraft(message[0], message[1]);
        }
    }

    private void checkMetadata(InteractionDraft draft) throws InvalidDraft {
        var metadata = draft.metadata();
        if (metadata.size() > limits.metadataEntries()) {
            throw new InvalidDraft(
                    "metadata", "got " + metadata.size() + " entries, takes up to " + limits.metadataEntries());
        }
        for (var entry : metadata.entrySet()) {
            checkText("metadata (a key)", entry.getKey(), MAX_NAME_BYTES);
            checkText("metadata." + entry.getKey(), entry.getValue(), MAX_METADATA_BYTES);
        }
    }

    private static void checkId(String field, String value) throws InvalidDraft {
        if (value != null && value.isEmpty()) {
            throw new InvalidDraft(field, "got '', takes 1 to " + InteractionLimits.MAX_ID_BYTES + " bytes of text");
        }
        checkText(field, value, InteractionLimits.MAX_ID_BYTES);
    }

    private static void checkText(String field, String value, int maxBytes) throws InvalidDraft {
        if (value == null) {
            return;
        }
        if (value.length() > maxBytes / MOST_BYTES_OF_A_CHAR) {
            var bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                throw new InvalidDraft(field, "got " + bytes + " bytes, takes up to " + maxBytes);
            }
        }
        checkWellFormed(field, value);
    }

    private static void checkTime(String field, Instant time) throws InvalidDraft {
        if (time != null && !InteractionLimits.isPlausible(time)) {
            throw new InvalidDraft(
                    field,
                    "got '" + time + "', takes a time from " + InteractionLimits.EARLIEST + " to "
                            + InteractionLimits.LATEST);
        }
    }

    /** Half of a surrogate pair has no UTF-8: two different ids would become one. */
    private static void checkWellFormed(String field, String value) throws InvalidDraft {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else {
                throw new InvalidDraft(
                        field, "holds half of a surrogate pair at position " + i + ", takes well-formed Unicode");
            }
        }
    }
}
