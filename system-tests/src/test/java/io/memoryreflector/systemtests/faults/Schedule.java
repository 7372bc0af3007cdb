package io.memoryreflector.systemtests.faults;

import io.memoryreflector.localstack.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults come, in which order and for how long: the same seed gives the same. Pure. */
final class Schedule {

    private static final int SHORT_MS = 6_000;

    /** Longer than the transaction time-out of the reflector, 30 s, and than every session. */
    private static final int LONG_MS = 33_000;

    private final Random random;

    private Schedule(long seed) {
        this.random = new Random(seed);
    }

    /** Deals shuffled decks that hold every fault once, so that each comes about as often. */
    static List<Fault> of(long seed, int count) {
        var schedule = new Schedule(seed);
        var faults = new ArrayList<Fault>(count);
        while (faults.size() < count) {
            var deck = schedule.deck();
            Collections.shuffle(deck, schedule.random);
            faults.addAll(deck.subList(0, Math.min(deck.size(), count - faults.size())));
        }
        return faults;
    }

    private List<Fault> deck() {
        var deck = new ArrayList<Fault>();
        for (var part : Part.whole()) {
            deck.add(fault(Fault.Kind.KILL, random.nextInt(2_000), part));
            deck.add(fault(Fault.Kind.PAUSE, 1_000 + random.nextInt(SHORT_MS), part));
        }
        deck.add(fault(Fault.Kind.PAUSE, LONG_MS + random.nextInt(SHORT_MS), Part.REFLECTOR));
        deck.add(fault(Fault.Kind.PAUSE, LONG_MS + random.nextInt(SHORT_MS), Part.KAFKA));
        deck.add(fault(Fault.Kind.PAUSE, LONG_MS + random.nextInt(SHORT_MS), Part.CONNECT));
        deck.add(fault(Fault.Kind.KILL, random.nextInt(1_000), Part.KAFKA, Part.REFLECTOR));
        deck.add(fault(Fault.Kind.KILL, random.nextInt(1_000), Part.REDIS, Part.INGEST));
        deck.add(fault(Fault.Kind.CUT, 1_000 + random.nextInt(SHORT_MS)));
        deck.add(fault(Fault.Kind.HALF_OPEN, 1_000 + random.nextInt(SHORT_MS)));
        deck.add(fault(Fault.Kind.TAKE_OVER, 1_000 + random.nextInt(SHORT_MS)));
        deck.add(fault(Fault.Kind.GHOST, 8_000 + random.nextInt(SHORT_MS)));
        deck.add(fault(Fault.Kind.ROLLING_RESTART, 0));
        deck.add(fault(Fault.Kind.REDIS_FULL, 1_000 + random.nextInt(SHORT_MS)));
        deck.add(fault(Fault.Kind.SINK_STOPPED, 1_000 + random.nextInt(SHORT_MS)));
        return deck;
    }

    private static Fault fault(Fault.Kind kind, int holdMs, Part... parts) {
        return new Fault(kind, List.of(parts), Duration.ofMillis(holdMs));
    }
}
