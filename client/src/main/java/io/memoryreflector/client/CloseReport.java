package io.memoryreflector.client;

import java.util.List;

/**
 * What closing has left.
 *
 * @param sent how many were sent while it closed
 * @param onDisk how many wait on disk for the next collector with this folder
 * @param dropped what had not left this process and is gone
 * @param unconfirmed what was sent and not answered: the log may have it or not, so it may be handed over again with the
 *     same id; with a folder to spill to, the next collector does
 */
public record CloseReport(long sent, long onDisk, List<OperationId> dropped, List<OperationId> unconfirmed) {

    public CloseReport {
        dropped = List.copyOf(dropped);
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** Whether all that was collected is in the log or on disk. */
    public boolean isComplete() {
        return dropped.isEmpty() && unconfirmed.isEmpty();
    }
}
