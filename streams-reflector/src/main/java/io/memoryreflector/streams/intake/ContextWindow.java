package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Message;
import io.memoryreflector.state.SessionContext;
import java.util.ArrayList;
import java.util.List;

/** The last few turns of a session, each cut to a short text, so that a task stays small. Pure. */
final class ContextWindow {

    static final int MESSAGES = 6;
    static final int CHARACTERS = 500;

    private ContextWindow() {}

    /**
     * The window once these messages were said.
     *
     * @param before null at the start of a session
     */
    static SessionContext after(SessionContext before, List<Message> messages, long now) {
        var window = new ArrayList<Message>(MESSAGES + messages.size());
        if (before != null) {
            window.addAll(before.getMessages());
        }
        for (var message : messages.subList(Math.max(0, messages.size() - MESSAGES), messages.size())) {
            window.add(shortened(message));
        }
        return new SessionContext(
                new ArrayList<>(window.subList(Math.max(0, window.size() - MESSAGES), window.size())), now);
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
