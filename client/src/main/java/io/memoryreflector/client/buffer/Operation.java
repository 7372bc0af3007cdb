package io.memoryreflector.client.buffer;

import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.OperationId;

/**
 * A collected interaction that waits. Made on the caller's thread, so it holds what is at hand and computes nothing.
 *
 * @param id names it
 * @param draft as the caller made it
 * @param epochMillis when it was collected
 * @param repeatKey by which a repeat is found; null where none can be
 */
public record Operation(OperationId id, InteractionDraft draft, long epochMillis, Object repeatKey) {

    private static final int OVERHEAD = 256;

    /** About how much memory it takes. */
    int size() {
        var size = OVERHEAD;
        for (var message : draft.messages()) {
            size += OVERHEAD + message.content().length();
        }
        for (var entry : draft.metadata().entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        return size;
    }
}
