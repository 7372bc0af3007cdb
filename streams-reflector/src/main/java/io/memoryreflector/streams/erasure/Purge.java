package io.memoryreflector.streams.erasure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Has a processor empty its stores of what is to be forgotten: of every erasure once after its start, and of each further
 * one soon after it is known, a bounded number of users and entries a tick. Belongs to one stream thread.
 */
public final class Purge {

    /** Entries that one call may delete. */
    public static final int ENTRIES = 2_000;

    private static final Duration TICK = Duration.ofMillis(500);
    private static final int USERS_PER_TICK = 1_000;
    private static final int PAST_PER_TICK = 200;
    private static final int CALLS_PER_TICK = 5;

    /** Deletes of one user what is covered. */
    public interface Stores {

        /**
         * Deletes {@link #ENTRIES} of this user, by record key, at most.
         *
         * @return how many were deleted; as many as may be means that there may be more
         */
        int purge(String user);
    }

    private final Forgotten forgotten;
    private final String stage;
    private final Stores stores;
    private final int atStart;
    private final Deque<String> left = new ArrayDeque<>();
    private int fresh;
    private int past;

    private Purge(Forgotten forgotten, String stage, Stores stores) {
        this.forgotten = forgotten;
        this.stage = stage;
        this.stores = stores;
        this.atStart = forgotten.erasures().now();
        this.fresh = atStart;
    }

    /** Schedules the purge of a processor's stores. */
    public static void schedule(ProcessingContext context, Forgotten forgotten, String stage, Stores stores) {
        var purge = new Purge(forgotten, stage, stores);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> purge.tick());
    }

    private void tick() {
        if (left.isEmpty()) {
            lookForMore();
        }
        for (int calls = 0; calls < CALLS_PER_TICK && !left.isEmpty(); ) {
            var deleted = stores.purge(left.peek());
            forgotten.dropped(stage, deleted);
            if (deleted < ENTRIES) {
                left.remove();
            }
            // Of most users nothing is here, which costs little.
            calls += deleted == 0 ? 0 : 1;
        }
    }

    /** What is new comes before what the stores have most likely forgotten before the start. */
    private void lookForMore() {
        var changes = forgotten.erasures().changesSince(fresh, USERS_PER_TICK);
        fresh = changes.next();
        if (changes.users().isEmpty() && past < atStart) {
            changes = forgotten.erasures().changesSince(past, Math.min(PAST_PER_TICK, atStart - past));
            past = changes.next();
        }
        left.addAll(changes.users());
    }
}
