package io.memoryreflector.cli.shadows;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Following;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import io.memoryreflector.cli.output.Plain;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Resource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code reflector compare}. */
@Command(
        name = "compare",
        description = {
            "Shows what a shadow would add, drop and change, per tier and with examples. Changes nothing.",
            "Memories that a person has deleted or changed, and forgotten users, do not count."
        })
public final class CompareCommand implements Callable<Integer> {

    private static final SlowWork.Unit RECORDS = new SlowWork.Unit(" records", 1);
    private static final List<String> KINDS = List.of("added", "dropped", "changed");

    private final Session session;

    @Parameters(paramLabel = "SHADOW", description = "Its name.")
    private String shadow;

    @Option(names = "--tier", paramLabel = "TIER", description = "Only this one: episodic, semantic or procedural.")
    private String tier;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Only this one.")
    private String namespace;

    @Option(
            names = "--examples",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "Of each kind and tier, at most (default: ${DEFAULT-VALUE}).")
    private int examples;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationText.class,
            description = "How long to wait for it (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    /** @param session of the command line */
    public CompareCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var resource = Resource.of("api", "v1", "shadows", shadow, "comparison")
                .with("tier", tier)
                .with("namespace", namespace)
                .with("examples", examples);
        var service = session.service();
        var comparison = new Following(session, wait)
                .follow(
                        "compare",
                        RECORDS,
                        service.get(resource).json(),
                        () -> service.get(resource).json(),
                        CompareCommand::progress,
                        "reflector compare " + shadow);
        if (session.json()) {
            session.print(comparison);
        } else if (!Following.runs(comparison)) {
            show(comparison);
        }
        if (Following.runs(comparison)) {
            session.complain("it is still being made: ask again within a minute of its end, or raise --wait");
            return ExitCode.REFUSED;
        }
        return ExitCode.DONE;
    }

    private void show(JsonNode comparison) {
        var table = new Table("TIER", "SAME", "ADDED", "DROPPED", "CHANGED", "KEPT", "WAITING", "OWN");
        comparison.path("tiers").propertyStream().forEach(entry -> {
            var of = entry.getValue();
            table.row(
                    entry.getKey(),
                    of.path("same").asLong(0),
                    of.path("added").asLong(0),
                    of.path("dropped").asLong(0),
                    of.path("changed").asLong(0),
                    of.path("kept").asLong(0),
                    of.path("waiting").asLong(0),
                    of.path("own").asLong(0));
        });
        session.print(table);
        comparison
                .path("tiers")
                .propertyStream()
                .forEach(entry -> KINDS.forEach(kind -> entry.getValue()
                        .at("/examples/" + kind)
                        .valueStream()
                        .forEach(example -> show(entry.getKey(), kind, example))));
    }

    private void show(String of, String kind, JsonNode example) {
        session.out().println();
        session.out()
                .println(Plain.line(
                        of + ", " + kind + ": " + example.path("namespace").asString("") + "/"
                                + example.path("user_id").asString("") + ", interaction "
                                + example.path("interaction_id").asString("")));
        text("-", example.path("live"));
        text("+", example.path("shadow"));
    }

    private void text(String sign, JsonNode text) {
        if (text.isString()) {
            session.out().println("  " + sign + " " + Plain.line(text.asString("")));
        }
    }

    private static Following.Progress progress(JsonNode state) {
        var read = state.path("records_read").asLong(0);
        var total = state.path("records_total").asLong(0);
        return new Following.Progress(read, total, "", read + " of " + total + " records read");
    }
}
