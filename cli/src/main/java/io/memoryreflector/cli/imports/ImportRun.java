package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Item;
import io.memoryreflector.cli.imports.Entry.Unreadable;
import io.memoryreflector.cli.service.Problem;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Reads a file to its end and sends what can be sent. For one thread and one file. */
final class ImportRun {

    private static final int UNPROCESSABLE = 422;

    private final Bounds bounds;
    private final Tally tally;
    private final Supplier<BatchSender> senders;

    ImportRun(Bounds bounds, Tally tally, Supplier<BatchSender> senders) {
        this.bounds = bounds;
        this.tally = tally;
        this.senders = senders;
    }

    /**
     * Returns once each entry is in the tally.
     *
     * @param progress called now and then, on this thread
     * @throws RuntimeException what ended it before; the tally has what was done until then
     */
    void run(Entries entries, Runnable progress) throws IOException, InterruptedException {
        try (var lanes = new Lanes(bounds, senders)) {
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                if (entry.get() instanceof Item item) {
                    lanes.put(item);
                } else if (entry.get() instanceof Unreadable unreadable) {
                    tally.refused(unreadable, new Problem(UNPROCESSABLE, unreadable.reason(), List.of()));
                }
                progress.run();
            }
            lanes.finish(progress);
        }
    }
}
