package io.memoryreflector.streams.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/** Which sessions are due when: in memory, so that no tick scans the store. One thread. */
final class SessionDue {

    private record At(long time, Bytes session) {}

    private final NavigableSet<At> order =
            new TreeSet<>(Comparator.comparingLong(At::time).thenComparing(At::session));
    private final Map<Bytes, Long> times = new HashMap<>();

    /** Sets or moves a session's time; 0 takes it out. */
    void set(Bytes session, long time) {
        var before = times.remove(session);
        if (before != null) {
            order.remove(new At(before, session));
        }
        if (time > 0) {
            times.put(session, time);
            order.add(new At(time, session));
        }
    }

    /** When a session is due; 0 if it is not. */
    long timeOf(Bytes session) {
        return times.getOrDefault(session, 0L);
    }

    /** Whether {@link #take} has one. */
    boolean hasDue(long now) {
        return !order.isEmpty() && order.first().time() <= now;
    }

    /** Takes out those that are due, the longest due first, as many as the limit lets through. */
    List<Bytes> take(long now, int limit) {
        var due = new ArrayList<Bytes>();
        while (due.size() < limit && hasDue(now)) {
            var first = order.pollFirst();
            times.remove(first.session());
            due.add(first.session());
        }
        return due;
    }
}
