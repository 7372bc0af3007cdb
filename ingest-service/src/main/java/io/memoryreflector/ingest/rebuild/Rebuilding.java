package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.ingest.rebuild.Rebuild.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.neo4j.driver.TransactionContext;

/**
 * The work of one rebuild, from whichever phase it is in. Each step may be done twice, so a process may die at any line.
 * The switch loses nothing: a sink that still writes into what was in use has read its record before the switch, so it
 * stands before where the log ends after it, and to there the log is read once more. One thread.
 */
final class Rebuilding {

    /** So far behind, the rest is read after the switch in a moment. */
    private static final long CLOSE_BEHIND = 500;

    private static final int ROUNDS = 100;
    private static final Duration TELLS_EVERY = Duration.ofSeconds(1);

    private final RebuildBook book;
    private final Builders builders;
    private final InstantSource clock;
    private final String owner;
    private final BooleanSupplier stopping;
    private Instant told = Instant.EPOCH;

    /** Opens what a rebuild reads and writes. */
    interface Builders {

        /** @param guard lets a transaction go on only as long as this process has the rebuild */
        Projection projection(Rebuild rebuild, Consumer<TransactionContext> guard, BooleanSupplier stopping);

        LogReading log(Rebuild rebuild, Projection projection);
    }

    /**
     * @param owner who has the rebuild
     * @param stopping whether this process ends; the next one goes on
     */
    Rebuilding(RebuildBook book, Builders builders, InstantSource clock, String owner, BooleanSupplier stopping) {
        this.book = book;
        this.builders = builders;
        this.clock = clock;
        this.owner = owner;
        this.stopping = stopping;
    }

    /**
     * Goes on to the end.
     *
     * @throws Stopped where this process ends before
     * @throws RebuildBook.Overtaken where another process has it meanwhile
     */
    Rebuild run(Rebuild begun) {
        var rebuild = begun;
        var projection = builders.projection(rebuild, tx -> guard(tx, begun.id()), stopping);
        if (rebuild.phase() == Phase.CLEARING) {
            projection.clear();
            rebuild = tell(rebuild.in(Phase.READING));
        }
        if (rebuild.phase() == Phase.READING || rebuild.phase() == Phase.SWITCHED) {
            try (var log = builders.log(rebuild, projection)) {
                if (rebuild.phase() == Phase.READING) {
                    rebuild = catchUp(rebuild, log, projection);
                    projection.settle();
                    rebuild = catchUp(rebuild, log, projection);
                    projection.switchOver();
                    rebuild = tell(rebuild.in(Phase.SWITCHED));
                }
                log.lookForEnds();
                rebuild = read(rebuild, log, projection);
            }
            rebuild = tell(rebuild.in(Phase.DROPPING));
        }
        projection.drop();
        return tell(rebuild.ended(Phase.DONE, clock.instant(), null));
    }

    /** This process ends. */
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private void guard(TransactionContext tx, String id) {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
        book.guard(tx, id, owner);
    }

    /** Reads until the end is close, however much is written meanwhile; to what was the end in the first round. */
    private Rebuild catchUp(Rebuild begun, LogReading log, Projection projection) {
        var rebuild = begun;
        for (int round = 0; round < ROUNDS; round++) {
            rebuild = read(rebuild, log, projection);
            log.lookForEnds();
            if (log.left() < CLOSE_BEHIND) {
                return read(rebuild, log, projection);
            }
        }
        return rebuild;
    }

    /** Reads to the end that was last looked for. */
    private Rebuild read(Rebuild begun, LogReading log, Projection projection) {
        var rebuild = begun;
        while (!log.isAtTheEnd()) {
            var events = log.next();
            if (!events.isEmpty()) {
                log.refuse(projection.write(events));
            }
            log.keepPlace();
            rebuild = rebuild.reached(log.done(), log.total(), log.refused());
            if (Duration.between(told, clock.instant()).compareTo(TELLS_EVERY) >= 0) {
                tell(rebuild);
            }
            if (stopping.getAsBoolean()) {
                throw new Stopped();
            }
        }
        return tell(rebuild);
    }

    private Rebuild tell(Rebuild rebuild) {
        book.write(rebuild, owner);
        told = clock.instant();
        return rebuild;
    }
}
