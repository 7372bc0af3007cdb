package io.memoryreflector.systemtests.faults;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends one interaction and waits until it is recallable: when that is done, the system is back. One thread. */
record Probe(RestClient rest, Ledger ledger, Line line) {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long PAUSE_MS = 100;
    private static final Set<String> FINAL = Set.of("completed", "partial", "failed");

    /** Whether it got through within five minutes. */
    boolean passes(int number) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!rest.post(Samples.json(line, number))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        ledger.acknowledgePost(line, number);
        while (!FINAL.contains(rest.get("/api/v1/interactions/" + line.id(number))
                .path("status")
                .asString(""))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return true;
    }
}
