package io.memoryreflector.cli.retries;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Listing;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code reflector retry list}. */
@Command(name = "list", description = "Lists what waits for another attempt, the earliest due first.")
final class ListRetriesCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RetryFilter filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    ListRetriesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: got " + limit + ", takes a whole number from 1");
        }
        var listing = new Listing(session.service());
        var resource = filter.of(Resource.of("api", "v1", "retries"));
        if (session.json()) {
            listing.read(resource, "retries", limit, session::print);
            return ExitCode.DONE;
        }
        var table = new Table("DUE AT", "TIER", "USER", "INTERACTION", "ATTEMPTS", "ERROR");
        var shown = new AtomicInteger();
        var total = listing.read(resource, "retries", limit, retry -> {
            row(table, retry);
            shown.incrementAndGet();
        });
        if (table.isEmpty()) {
            session.out().println("Nothing waits for another attempt.");
        } else {
            session.print(table);
            session.out().println(shown + " of " + Math.max(total, shown.get()));
        }
        return ExitCode.DONE;
    }

    private static void row(Table table, JsonNode retry) {
        var error = retry.path("error");
        table.row(
                retry.path("next_attempt_at").asString(""),
                retry.path("tier").asString(""),
                retry.path("namespace").asString("") + "/"
                        + retry.path("user_id").asString(""),
                retry.path("interaction_id").asString(""),
                retry.path("attempts").asString(""),
                error.isObject() ? error.path("message").asString("") : error.asString(""));
    }
}
