package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that a question has told so far, by ref: in a batch one interaction is mostly the next one's context, and
 * is told once. Belongs to one thread.
 */
final class Told {

    /** Context is cut to a few hundred characters; beyond that no two messages need to be told apart. */
    private static final int BEGINNING = 200;

    private record Said(String messageId, Role role, Instant at, String beginning) {
        static Said of(Message message) {
            var content = message.getContent();
            return new Said(
                    message.getMessageId(),
                    message.getRole(),
                    message.getSentAt(),
                    content.substring(0, Math.min(BEGINNING, content.length())));
        }
    }

    private final Map<Said, String> refs = new HashMap<>();
    private int contexts;

    /** The ref under which it was told. */
    Optional<String> refOf(Message message) {
        return Optional.ofNullable(refs.get(Said.of(message)));
    }

    /** It is told under this ref now. */
    void tell(Message message, String ref) {
        refs.putIfAbsent(Said.of(message), ref);
    }

    /** A new ref for a message that is context only. */
    String tellAsContext(Message message) {
        var ref = Refs.context(contexts++);
        tell(message, ref);
        return ref;
    }
}
