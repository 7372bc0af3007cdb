package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.ContextOrigin;
import io.memoryreflector.state.SessionContext;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Deletes from the intake's stores what is to be forgotten. Belongs to one stream thread. */
final class IntakePurge {

    /**
     * An id may be taken up while the erasure that covers it is on its way here. One that came after the erasure and
     * goes with them does no harm: sent again, it makes the same memories under the same ids.
     */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    private final KeyValueStore<Bytes, Long> seen;
    private final KeyValueStore<Bytes, SessionContext> sessions;
    private final Forgotten forgotten;

    IntakePurge(KeyValueStore<Bytes, Long> seen, KeyValueStore<Bytes, SessionContext> sessions, Forgotten forgotten) {
        this.seen = seen;
        this.sessions = sessions;
        this.forgotten = forgotten;
    }

    /** Deletes what is covered of a user, and says how much that was. */
    int run(String user) {
        return turns(user) + ids(user);
    }

    private int turns(String user) {
        var touched = Prefix.matching(sessions, StoreKey.of(user), Purge.ENTRIES, entry -> isTouched(user, entry));
        touched.forEach(entry -> sessions.put(entry.key, entry.value == null ? null : kept(user, entry)));
        return touched.size();
    }

    private SessionContext kept(String user, KeyValue<Bytes, SessionContext> entry) {
        var session = StoreKey.texts(entry.key).get(1);
        return ContextWindow.without(entry.value, covered(forgotten, user, session));
    }

    /** What is sealed with a key that is destroyed reads as nothing. */
    private boolean isTouched(String user, KeyValue<Bytes, SessionContext> entry) {
        return entry.value == null || kept(user, entry) != entry.value;
    }

    private int ids(String user) {
        var gone = Prefix.matching(seen, StoreKey.of(user), Purge.ENTRIES, entry -> isOfThePast(user, entry));
        gone.forEach(entry -> seen.delete(entry.key));
        return gone.size();
    }

    private boolean isOfThePast(String user, KeyValue<Bytes, Long> entry) {
        var id = StoreKey.texts(entry.key).get(1);
        var firstSeen = Instant.ofEpochMilli(entry.value).minus(ON_ITS_WAY);
        return forgotten.covers(new Handed(user, null, Source.UNKNOWN, Set.of(id), null, firstSeen));
    }

    /** Which turns of a session are not to be kept. */
    static Predicate<ContextOrigin> covered(Forgotten forgotten, String user, String session) {
        return origin -> forgotten.covers(new Handed(
                user,
                session.isEmpty() ? null : session,
                origin.getSource(),
                Set.of(origin.getInteractionId()),
                null,
                origin.getRecordedAt()));
    }
}
