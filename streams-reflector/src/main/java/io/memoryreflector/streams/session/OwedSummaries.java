package io.memoryreflector.streams.session;

import io.memoryreflector.state.OwedSummary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/** Which sessions a model is still to be asked for, and which it is being asked for: in memory, as the store has it. One thread. */
final class OwedSummaries {

    private final SessionDue next = new SessionDue();
    private final Map<Bytes, Long> since = new HashMap<>();
    private final Set<Bytes> underWay = new HashSet<>();

    /** Takes note of what a session is owed; null for nothing. One that is being asked for waits for {@link #done}. */
    void set(Bytes session, OwedSummary owed) {
        if (owed == null) {
            since.remove(session);
            next.set(session, 0);
        } else {
            since.put(session, owed.getSince());
            next.set(session, underWay.contains(session) ? 0 : owed.getNotBefore());
        }
    }

    /** Whether the model may be asked for one now. */
    boolean hasNext(long now) {
        return next.hasDue(now);
    }

    /** Takes the one that may be asked for since longest; {@link #done} or {@link #hold} has to follow. */
    Optional<Bytes> next(long now) {
        var taken = next.take(now, 1);
        underWay.addAll(taken);
        return taken.stream().findFirst();
    }

    /** The call for it has ended; what it is still owed has to be set anew. */
    void done(Bytes session) {
        underWay.remove(session);
    }

    /** No call was made for it, and none is before this time. */
    void hold(Bytes session, long until) {
        underWay.remove(session);
        if (since.containsKey(session)) {
            next.set(session, until);
        }
    }

    int size() {
        return since.size();
    }

    /** Since when the oldest waits, in milliseconds since 1970; {@link Long#MAX_VALUE} for none. A walk over all. */
    long oldest() {
        return since.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }
}
