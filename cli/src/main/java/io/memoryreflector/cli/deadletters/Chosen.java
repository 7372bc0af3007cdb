package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.output.DurationText;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters an action meets, and how sure the caller is. */
final class Chosen {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The dead letters; or name them by the options below.")
    private List<String> ids;

    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--all", description = "Every parked one.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Of those that match, how many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the dead letter.")
    private String reason;

    @Option(names = "--dry-run", description = "Show how many match and the first of them, and do nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationText.class,
            description = "How long to follow the job (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    /** The ids; empty where the filter chooses. */
    List<String> ids() {
        return ids == null ? List.of() : ids;
    }

    DeadLetterFilter filter() {
        return filter;
    }

    int limit() {
        return limit;
    }

    String reason() {
        return reason;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
    }

    Duration waitAtMost() {
        return wait;
    }

    /** @throws IllegalArgumentException where nothing is chosen, or twice */
    void check() {
        var byFilter = all || !filter.isEmpty();
        if (ids().isEmpty() && !byFilter) {
            throw new IllegalArgumentException("ID: is missing, takes ids, a filter such as --tier, or --all");
        }
        if (!ids().isEmpty() && (byFilter || dryRun)) {
            throw new IllegalArgumentException("ID: got ids and a filter, --all or --dry-run, takes one of them");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: got " + limit + ", takes a whole number from 1");
        }
    }
}
