package io.memoryreflector.ingest.deadletters;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where a letter lies in {@code reflector.dlq}. Ordered by the time at which it was parked, oldest first.
 *
 * @param parkedAt the broker's time, UTC
 */
record Place(int partition, long offset, Instant parkedAt) implements Comparable<Place> {

    private static final Comparator<Place> ORDER = Comparator.comparing(Place::parkedAt)
            .thenComparingInt(Place::partition)
            .thenComparingLong(Place::offset);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
