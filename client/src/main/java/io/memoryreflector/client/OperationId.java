package io.memoryreflector.client;

import java.util.Objects;
import java.util.UUID;

/**
 * Names an operation, and is the id of its interaction: whatever sends the interaction again sends the same id, so that
 * it lands once. Immutable.
 */
public final class OperationId {

    private final String given;
    private final long high;
    private final long low;

    private OperationId(String given, long high, long low) {
        this.given = given;
        this.high = high;
        this.low = low;
    }

    /** An id that the caller has given. */
    public static OperationId of(String interactionId) {
        return new OperationId(Objects.requireNonNull(interactionId, "interactionId"), 0, 0);
    }

    /** An id whose text is made when it is asked for: the collecting thread need not pay for it. */
    static OperationId of(long high, long low) {
        return new OperationId(null, high, low);
    }

    /** The interaction's id as a text, a UUIDv7 where the caller gave none. */
    @Override
    public String toString() {
        return given == null ? new UUID(high, low).toString() : given;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperationId id
                && (given == null && id.given == null
                        ? high == id.high && low == id.low
                        : toString().equals(id.toString()));
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
