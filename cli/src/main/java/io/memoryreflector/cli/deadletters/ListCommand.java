package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Listing;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reflector dead-letters list}. */
@Command(name = "list", description = "Lists dead letters, the newest first.")
final class ListCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private DeadLetterFilter filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: got " + limit + ", takes a whole number from 1");
        }
        var listing = new Listing(session.service());
        var resource = filter.of(Resource.of("api", "v1", "dead-letters"));
        if (session.json()) {
            listing.read(resource, "dead_letters", limit, session::print);
            return ExitCode.DONE;
        }
        var table = new DeadLetterTable();
        var shown = new AtomicInteger();
        var total = listing.read(resource, "dead_letters", limit, letter -> {
            table.add(letter);
            shown.incrementAndGet();
        });
        if (shown.get() == 0) {
            session.out().println("No dead letters.");
        } else {
            session.print(table.table());
            session.out().println(shown + " of " + Math.max(total, shown.get()));
        }
        return ExitCode.DONE;
    }
}
