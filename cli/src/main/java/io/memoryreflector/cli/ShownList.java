package io.memoryreflector.cli;

import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Listing;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A list of the service as its commands show it: a table for people, or the service's JSON, one entry a line. */
public final class ShownList {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    /**
     * Reads the list and shows it.
     *
     * @param field of the answer that holds the entries
     * @param table that is printed once it is filled
     * @param row puts an entry into the table
     * @param nothing is said where the list is empty
     * @return the exit code
     */
    public int show(
            Session session, Resource resource, String field, Table table, Consumer<JsonNode> row, String nothing) {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: got " + limit + ", takes a whole number from 1");
        }
        var listing = new Listing(session.service());
        if (session.json()) {
            listing.read(resource, field, limit, session::print);
            return ExitCode.DONE;
        }
        var shown = new AtomicInteger();
        var total = listing.read(resource, field, limit, entry -> {
            row.accept(entry);
            shown.incrementAndGet();
        });
        if (shown.get() == 0) {
            session.out().println(nothing);
        } else {
            session.print(table);
            session.out().println(shown + " of " + Math.max(total, shown.get()));
        }
        return ExitCode.DONE;
    }
}
