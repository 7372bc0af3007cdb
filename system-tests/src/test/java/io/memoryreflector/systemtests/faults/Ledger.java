package io.memoryreflector.systemtests.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What went in, by writer and number. Lines are added by one thread before the run; the rest is thread-safe. */
final class Ledger {

    private final String run;
    private final List<Line> lines = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile String lastPosted = "";

    /** @param run name of the run, without a dash; the first part of every id and user */
    Ledger(String run) {
        this.run = run;
    }

    /** An interaction by its place. */
    record Entry(Line line, int number) {
        String id() {
            return line.id(number);
        }
    }

    Line add(int count, int users, int unit) {
        var line = new Line(run, lines.size(), count, users, unit);
        lines.add(line);
        return line;
    }

    List<Line> lines() {
        return lines;
    }

    String run() {
        return run;
    }

    /** The entry of an id, if it is one of this run's. */
    Optional<Entry> find(String id) {
        var parts = id.split("-");
        if (parts.length != 3 || !parts[0].equals(run)) {
            return Optional.empty();
        }
        return Optional.of(new Entry(lines.get(Integer.parseInt(parts[1])), Integer.parseInt(parts[2])));
    }

    void acknowledge(Line line, int number) {
        if (line.acknowledge(number)) {
            acknowledged.incrementAndGet();
        }
    }

    /** The same, for one that came by REST. */
    void acknowledgePost(Line line, int number) {
        acknowledge(line, number);
        lastPosted = line.id(number);
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** The interaction that REST has taken last; empty before the first. */
    String lastPosted() {
        return lastPosted;
    }
}
