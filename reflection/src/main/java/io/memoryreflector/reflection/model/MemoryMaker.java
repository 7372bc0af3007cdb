package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a tier's memory of what was found; pure.
 *
 * @param <M> the memory
 */
interface MemoryMaker<M> {

    /** The memory with this id, of something found in this task. */
    M make(ReflectionTask task, Found found, String memoryId, ReflectorVersion version, Embedding embedding);

    /** The messages at these places. */
    static List<Message> messages(ReflectionTask task, List<Integer> places) {
        return places.stream().map(task.getMessages()::get).toList();
    }

    /** The messages as sources. */
    static List<SourceRef> sources(ReflectionTask task, List<Message> messages) {
        return messages.stream()
                .map(message -> new SourceRef(task.getInteractionId(), message.getMessageId()))
                .toList();
    }

    /** When all of it had been said. */
    static Instant lastSaid(List<Message> messages) {
        return messages.stream()
                .map(Message::getSentAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
