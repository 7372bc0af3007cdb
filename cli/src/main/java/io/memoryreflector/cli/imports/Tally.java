package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.service.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What came of the entries so far; names the first refused ones and counts the rest. Thread-safe. */
final class Tally {

    /** So that a file of nothing but bad lines takes no more memory than a good one. */
    static final int MAX_NAMED = 100;

    private final Rejects rejects;
    private final PriorityQueue<Refused> named =
            new PriorityQueue<>(Comparator.comparingLong(Refused::line).reversed());
    private long accepted;
    private long duplicate;
    private long spooled;
    private long refused;

    Tally(Rejects rejects) {
        this.rejects = rejects;
    }

    /** One is in; the status is the service's word for how. */
    synchronized void in(String status) {
        switch (status) {
            case "duplicate" -> duplicate++;
            case "spooled" -> spooled++;
            default -> accepted++;
        }
    }

    /** One is not in, for good. */
    synchronized void refused(Entry entry, Problem problem) {
        refused++;
        named.add(new Refused(entry.line(), problem));
        if (named.size() > MAX_NAMED) {
            named.remove();
        }
        try {
            rejects.keep(entry.raw());
        } catch (IOException e) {
            throw new UncheckedIOException("the rejects file cannot be written: " + e.getMessage(), e);
        }
    }

    /** How many are settled, one way or the other. */
    synchronized long settled() {
        return accepted + duplicate + spooled + refused;
    }

    /** All of it. */
    synchronized Summary summary() {
        var first =
                named.stream().sorted(Comparator.comparingLong(Refused::line)).toList();
        return new Summary(accepted, duplicate, spooled, refused, first);
    }
}
