package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Source;
import io.memoryreflector.state.ContextOrigin;
import io.memoryreflector.state.SessionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The last few turns of a session, each cut to a short text, so that a task stays small. Pure. */
final class ContextWindow {

    static final int MESSAGES = 6;
    static final int CHARACTERS = 500;

    private ContextWindow() {}

    /**
     * The window once an interaction's messages were said.
     *
     * @param user whose session it is, namespace/user_id
     * @param before null at the start of a session
     * @param origin of the messages
     */
    static SessionContext after(
            String user, SessionContext before, List<Message> messages, ContextOrigin origin, long now) {
        var window = new ArrayList<Message>(MESSAGES + messages.size());
        var origins = new ArrayList<ContextOrigin>(MESSAGES + messages.size());
        if (before != null) {
            window.addAll(before.getMessages());
            origins.addAll(origins(before));
        }
        for (var message : messages.subList(Math.max(0, messages.size() - MESSAGES), messages.size())) {
            window.add(shortened(message));
            origins.add(origin);
        }
        var from = Math.max(0, window.size() - MESSAGES);
        return new SessionContext(
                new ArrayList<>(window.subList(from, window.size())),
                now,
                user,
                new ArrayList<>(origins.subList(from, origins.size())));
    }

    /** The window without what is not to be kept; null if nothing is left, the same object if all is. */
    static SessionContext without(SessionContext window, Predicate<ContextOrigin> gone) {
        var messages = new ArrayList<Message>();
        var kept = new ArrayList<ContextOrigin>();
        var origins = origins(window);
        for (int i = 0; i < origins.size(); i++) {
            if (!gone.test(origins.get(i))) {
                messages.add(window.getMessages().get(i));
                kept.add(origins.get(i));
            }
        }
        if (kept.size() == origins.size()) {
            return window;
        }
        return kept.isEmpty() ? null : new SessionContext(messages, window.getUpdatedAt(), window.getUserKey(), kept);
    }

    /** When the oldest message was recorded; null without any. */
    static Instant since(SessionContext window) {
        return window == null
                ? null
                : origins(window).stream()
                        .map(ContextOrigin::getRecordedAt)
                        .min(Instant::compareTo)
                        .orElse(null);
    }

    /** Of what an earlier version has stored it is known only when it was added to at last. */
    private static List<ContextOrigin> origins(SessionContext window) {
        if (window.getOrigins().size() == window.getMessages().size()) {
            return window.getOrigins();
        }
        var unknown = new ContextOrigin("", Source.UNKNOWN, Instant.ofEpochMilli(window.getUpdatedAt()));
        return Collections.nCopies(window.getMessages().size(), unknown);
    }

    private static Message shortened(Message message) {
        var content = message.getContent();
        if (content.length() <= CHARACTERS) {
            return message;
        }
        var end = Character.isHighSurrogate(content.charAt(CHARACTERS - 1)) ? CHARACTERS - 1 : CHARACTERS;
        return Message.newBuilder(message)
                .setContent(content.substring(0, end) + "…")
                .build();
    }
}
