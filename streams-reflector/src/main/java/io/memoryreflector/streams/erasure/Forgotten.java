package io.memoryreflector.streams.erasure;

import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/** What processors ask before they work on something: was it to be forgotten? Counts what is dropped. Thread-safe. */
public final class Forgotten {

    private final Erasures erasures;
    private final MeterRegistry metrics;

    /** @param erasures of the whole process, which learns of more while it runs */
    public Forgotten(Erasures erasures, MeterRegistry metrics) {
        this.erasures = erasures;
        this.metrics = metrics;
    }

    /** Whether anything of this user, by record key, was ever to be forgotten. */
    public boolean touches(String user) {
        return erasures.touches(user);
    }

    /** Whether an erasure covers it. */
    public boolean covers(Handed handed) {
        return erasures.covers(handed);
    }

    /**
     * Whether an erasure covers a record, which is counted then.
     *
     * @param user the record's key; of most users nothing was ever to be forgotten, and then nothing else is looked at
     * @param stage that drops it
     */
    public boolean drops(String user, Supplier<Handed> handed, String stage) {
        if (!erasures.touches(user) || !erasures.covers(handed.get())) {
            return false;
        }
        dropped(stage, 1);
        return true;
    }

    /** Up to when things like this have to be forgotten; {@link Instant#MIN} if they need not. */
    public Instant until(Handed handed) {
        return erasures.until(handed);
    }

    /** Whether anything of this user that a context may hold was to be forgotten since then. */
    public boolean since(String user, Instant time) {
        return erasures.touches(user)
                && erasures.lastOf(user).filter(last -> !last.isBefore(time)).isPresent();
    }

    /** Counts what a stage has dropped. */
    public void dropped(String stage, int count) {
        if (count > 0) {
            Counter.builder("reflector.forgotten")
                    .description("Records and entries that were dropped because an erasure covers them")
                    .tag("stage", stage)
                    .register(metrics)
                    .increment(count);
        }
    }

    Erasures erasures() {
        return erasures;
    }
}
