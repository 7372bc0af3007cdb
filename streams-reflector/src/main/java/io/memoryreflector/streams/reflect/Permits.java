package io.memoryreflector.streams.reflect;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The calls that may be in flight at once in this process, over all lanes and partitions: keys are skewed, so a share
 * for each task would leave permits unused. A few are out of any one lane's reach, so that a slow tier cannot stop the
 * others, and a few are for urgent tasks alone, which so need not wait for a call to end; where more of them wait, the next
 * that come free are theirs too, but for one now and then. The last one that is free is left to whoever asks in vain for
 * longest: stages ask in a fixed order, and where calls are few the last ones would wait until the first ones have nothing
 * left to do. Work beside the lanes gets a few of those that are for
 * everybody. Once its provider has answered a call keeps nobody from the next one, unless as many answers as there may be
 * calls are still worked on. Thread-safe; never blocks.
 */
public final class Permits {

    /** A lane leaves one permit in so many to each of the other two; of fewer than that it may take all. */
    private static final int RESERVED_ONE_IN = 32;

    /** Where there are some, one for each lane is for urgent tasks alone; the more there are the sooner one is free. */
    private static final int SOME = 32;

    private static final int LANES = 3;

    /** A permit is left to who goes first for so long after they have asked in vain, and no longer: they may be gone. */
    private static final long PATIENCE_NS = 500_000_000;

    private static final long NOBODY_WAITS = 0;

    private final Semaphore ordinary;
    private final Semaphore urgent;
    private final Semaphore answered;
    private final int total;
    private final int mostOfALane;
    private final LongSupplier nanoTime;

    /** Since when work beside the lanes asks in vain. */
    private volatile long besideWaits = NOBODY_WAITS;

    /** Since when an urgent task's stage asks in vain. */
    private volatile long urgentWaits = NOBODY_WAITS;

    /** The stage that asks in vain for longest; null where none is known. */
    private final AtomicReference<Waiting> next = new AtomicReference<>();

    /** Permits in a row that were left to urgent tasks. */
    private final AtomicInteger passes = new AtomicInteger();

    /** @param total {@code REFLECTION_WORKERS} */
    public Permits(int total) {
        this(total, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime()} */
    Permits(int total, LongSupplier nanoTime) {
        this.total = total;
        this.nanoTime = nanoTime;
        var forUrgent = total < SOME ? 0 : LANES;
        this.urgent = new Semaphore(forUrgent);
        this.ordinary = new Semaphore(total - forUrgent);
        this.answered = new Semaphore(total);
        this.mostOfALane = total - forUrgent - (LANES - 1) * (total / RESERVED_ONE_IN);
    }

    /** Permits for calls that are taken at this moment. */
    public int taken() {
        return total - ordinary.availablePermits() - urgent.availablePermits();
    }

    /** One lane's access, over all its partitions. */
    public Lane lane() {
        return new Lane(new Semaphore(mostOfALane));
    }

    /** Access for work beside the lanes, over all its partitions. */
    public Beside beside() {
        return new Beside(new Semaphore(Math.max(1, total / RESERVED_ONE_IN)));
    }

    /** Whether a lane may take one of those that are for everybody. */
    private boolean isForLanes() {
        return !waits(besideWaits) || ordinary.availablePermits() > 1;
    }

    private boolean isForUrgentTasks() {
        return waits(urgentWaits) && passes.get() < TaskScheduler.PASSES;
    }

    private boolean isTurnOf(Stage stage) {
        var waiting = next.get();
        return waiting == null || waiting.stage == stage || !waits(waiting.asked) || ordinary.availablePermits() > 1;
    }

    private void waitsOn(Stage stage) {
        var waiting = next.get();
        if (waiting == null || waiting.stage == stage || !waits(waiting.asked) || stage.since < waiting.stage.since) {
            next.compareAndSet(waiting, new Waiting(stage, now()));
        }
    }

    private boolean waits(long since) {
        return since != NOBODY_WAITS && nanoTime.getAsLong() - since <= PATIENCE_NS;
    }

    private long now() {
        return Math.max(1, nanoTime.getAsLong());
    }

    /** @param asked when the stage asked last */
    private record Waiting(Stage stage, long asked) {}

    /** What one lane may take. */
    public final class Lane {

        private final Semaphore own;
        private final AtomicInteger inFlight = new AtomicInteger();

        private Lane(Semaphore own) {
            this.own = own;
        }

        /** Access of one partition's stage, for its stream thread. */
        Stage stage() {
            return new Stage(this);
        }

        /** Calls whose provider has not answered. */
        public int inFlight() {
            return inFlight.get();
        }
    }

    /** What a lane's stage takes. Belongs to one stream thread. */
    final class Stage {

        private final Lane lane;

        /** Since when it asks in vain. */
        private volatile long since = NOBODY_WAITS;

        private Stage(Lane lane) {
            this.lane = lane;
        }

        /** Takes a permit for whatever comes next, or, if there is none, one that is kept for urgent tasks. */
        Optional<Permit> tryAcquire(boolean hasUrgent) {
            if (!hasUrgent) {
                var permit = isForUrgentTasks() ? Optional.<Permit>empty() : tryAcquireOrdinary(false);
                permit.ifPresent(taken -> passes.set(0));
                return permit;
            }
            var permit = tryAcquireOrdinary(true);
            if (permit.isPresent() && waits(urgentWaits)) {
                passes.incrementAndGet();
            }
            if (permit.isEmpty() && urgent.tryAcquire()) {
                permit = Optional.of(new Permit(lane.inFlight, answered, List.of(urgent), true));
            }
            urgentWaits = permit.isPresent() ? NOBODY_WAITS : now();
            return permit;
        }

        private Optional<Permit> tryAcquireOrdinary(boolean outOfTurn) {
            if (!lane.own.tryAcquire()) {
                return Optional.empty();
            }
            if (isForLanes() && (outOfTurn || isTurnOf(this)) && ordinary.tryAcquire()) {
                served();
                return Optional.of(new Permit(lane.inFlight, answered, List.of(ordinary, lane.own), false));
            }
            lane.own.release();
            if (!outOfTurn) {
                since = since == NOBODY_WAITS ? now() : since;
                waitsOn(this);
            }
            return Optional.empty();
        }

        private void served() {
            since = NOBODY_WAITS;
            var waiting = next.get();
            if (waiting != null && waiting.stage == this) {
                next.compareAndSet(waiting, null);
            }
        }
    }

    /**
     * What work beside the lanes may take: little, and never what is kept for urgent tasks; but the next permit that comes
     * free is left to it if it asks oftener than every half second, so that no backlog starves it.
     */
    public final class Beside {

        private final Semaphore own;
        private final AtomicInteger inFlight = new AtomicInteger();

        private Beside(Semaphore own) {
            this.own = own;
        }

        /** Takes a permit if there is one. */
        public Optional<Permit> tryAcquire() {
            if (!own.tryAcquire()) {
                return Optional.empty();
            }
            if (ordinary.tryAcquire()) {
                besideWaits = NOBODY_WAITS;
                return Optional.of(new Permit(inFlight, answered, List.of(ordinary, own), false));
            }
            own.release();
            besideWaits = now();
            return Optional.empty();
        }

        /** Calls whose provider has not answered. */
        public int inFlight() {
            return inFlight.get();
        }
    }

    /** Leave to make one call and something of its answer. Thread-safe. */
    public static final class Permit {

        private enum State {
            CALLING,
            ANSWERED,
            RELEASED
        }

        private final AtomicInteger inFlight;
        private final Semaphore answered;
        private final List<Semaphore> taken;
        private final boolean urgent;
        private final AtomicReference<State> state = new AtomicReference<>(State.CALLING);

        private Permit(AtomicInteger inFlight, Semaphore answered, List<Semaphore> taken, boolean urgent) {
            this.inFlight = inFlight;
            this.answered = answered;
            this.taken = taken;
            this.urgent = urgent;
            inFlight.incrementAndGet();
        }

        /** Whether it is for an urgent task only. */
        boolean isUrgent() {
            return urgent;
        }

        /** The provider has answered: another call may begin. Does nothing the second time or after the release. */
        void answered() {
            if (answered.tryAcquire()) {
                if (state.compareAndSet(State.CALLING, State.ANSWERED)) {
                    callEnded();
                } else {
                    answered.release();
                }
            }
        }

        /** All is done. Does nothing the second time. */
        public void release() {
            switch (state.getAndSet(State.RELEASED)) {
                case CALLING -> callEnded();
                case ANSWERED -> answered.release();
                case RELEASED -> {}
            }
        }

        private void callEnded() {
            inFlight.decrementAndGet();
            taken.forEach(Semaphore::release);
        }
    }
}
