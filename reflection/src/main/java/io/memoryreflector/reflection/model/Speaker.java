package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import java.util.Locale;
import java.util.Set;

/** Who speaks in a message. */
final class Speaker {

    private static final Set<String> MACHINES =
            Set.of("assistant", "ai", "ai assistant", "bot", "chatbot", "agent", "model", "system", "tool");

    private Speaker() {}

    /** The author's name, or the role's where there is none. */
    static String name(Message message) {
        if (isNamed(message)) {
            return message.getAuthor().strip();
        }
        return switch (message.getRole()) {
            case USER -> "User";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
            case UNKNOWN -> "Someone";
        };
    }

    /** As a request tells it. */
    static String role(Message message) {
        return message.getRole().name().toLowerCase(Locale.ROOT);
    }

    static boolean isUser(Message message) {
        return message.getRole() == Role.USER;
    }

    /** The user, or another one who bears a name. What machines say of the world is no knowledge of the user. */
    static boolean isPerson(Message message) {
        return switch (message.getRole()) {
            case USER -> true;
            case ASSISTANT, UNKNOWN ->
                isNamed(message) && !MACHINES.contains(name(message).toLowerCase(Locale.ROOT));
            case SYSTEM, TOOL -> false;
        };
    }

    private static boolean isNamed(Message message) {
        return message.getAuthor() != null && !message.getAuthor().isBlank();
    }
}
