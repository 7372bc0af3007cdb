package io.memoryreflector.systemtests.faults.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes over every so many-th. Thread-safe. */
public final class Skipped {

    private static final int EVERY = 25;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Skipped() {}

    /** The others. */
    public static List<Object> from(List<?> all) {
        var kept = new ArrayList<Object>(all.size());
        for (var each : all) {
            if (COUNT.incrementAndGet() % EVERY != 0) {
                kept.add(each);
            }
        }
        return kept;
    }
}
