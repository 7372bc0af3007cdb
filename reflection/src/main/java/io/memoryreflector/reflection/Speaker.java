package io.memoryreflector.reflection;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who speaks in a message, in the eyes of every reflector. Pure; thread-safe. */
public final class Speaker {

    private static final Set<String> MACHINES =
            Set.of("assistant", "ai", "ai assistant", "bot", "chatbot", "agent", "model", "system", "tool");

    private Speaker() {}

    /** The author's name, or the role's where there is none. */
    public static String name(Message message) {
        var author = message.getAuthor();
        if (author != null && !author.isBlank()) {
            return author.strip();
        }
        return switch (message.getRole()) {
            case USER -> "User";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
            case UNKNOWN -> "Someone";
        };
    }

    /** The person who speaks of themselves, if it is one: the user, or another role with a person's name. */
    public static Optional<String> person(Message message) {
        var name = name(message);
        var named = message.getAuthor() != null && !message.getAuthor().isBlank();
        return switch (message.getRole()) {
            case USER -> Optional.of(name);
            case ASSISTANT, UNKNOWN ->
                named && !MACHINES.contains(name.toLowerCase(Locale.ROOT)) ? Optional.of(name) : Optional.empty();
            case SYSTEM, TOOL -> Optional.empty();
        };
    }

    /** Whether a person speaks: what machines say of the world is no knowledge of the user. */
    public static boolean isPerson(Message message) {
        return person(message).isPresent();
    }

    /** Whether the user speaks. */
    public static boolean isUser(Message message) {
        return message.getRole() == Role.USER;
    }
}
