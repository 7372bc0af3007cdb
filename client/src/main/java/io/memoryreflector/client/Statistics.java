package io.memoryreflector.client;

import java.time.Duration;
import java.util.Map;

/**
 * Counts since the collector was made. When all is quiet, what was collected is settled or on disk, together with what an
 * earlier collector had left there.
 *
 * @param collected calls of {@code collect}
 * @param sent the log, or ingest-service, has them
 * @param refused cannot be interactions
 * @param duplicates repeats of what was sent
 * @param dropped given up, by reason
 * @param spilled went to disk, sent or not
 * @param cacheHits lookups in the cache of repeats that found one
 * @param cacheMisses lookups that found none
 * @param slow were sent, but slowly
 * @param retries attempts to send that failed and were made again
 * @param buffered wait in memory now
 * @param inFlight are sent and not answered now, or about to be sent; what changes hands may be missing for a moment
 * @param onDisk wait on disk now, those in flight from there included
 * @param sentTime of all that were sent together, from {@code collect} to the answer
 */
public record Statistics(
        long collected,
        long sent,
        long refused,
        long duplicates,
        Map<OperationResult.Reason, Long> dropped,
        long spilled,
        long cacheHits,
        long cacheMisses,
        long slow,
        long retries,
        int buffered,
        int inFlight,
        long onDisk,
        Duration sentTime) {

    /** How many have their last result. */
    public long settled() {
        return sent + refused + duplicates + droppedInAll();
    }

    /** How many were given up, for whatever reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
