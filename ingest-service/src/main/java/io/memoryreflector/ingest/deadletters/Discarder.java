package io.memoryreflector.ingest.deadletters;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Puts letters aside for good. They stay on {@code reflector.dlq} as long as it keeps them. Thread-safe. */
final class Discarder {

    private static final int IN_FLIGHT = 500;

    private final ActionLog actions;
    private final Claims claims;
    private final InstantSource clock;

    Discarder(ActionLog actions, Claims claims, InstantSource clock) {
        this.actions = actions;
        this.claims = claims;
        this.clock = clock;
    }

    /** @param reason the operator's; null without one */
    void run(Job job, String reason) {
        var inFlight = new InFlight(IN_FLIGHT);
        for (var entry : job.selection().entries()) {
            if (claims.take(entry, job.selection().states())) {
                var action = new Action(
                        LetterState.DISCARDED,
                        job.id(),
                        entry.place().partition(),
                        entry.place().offset(),
                        false,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        reason);
                inFlight.start(() -> actions.write(entry.id(), action), failure -> {
                    claims.release(entry.id());
                    job.count(entry.id(), failure);
                });
            } else {
                job.skip();
            }
        }
        inFlight.await();
    }
}
