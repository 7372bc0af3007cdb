package io.memoryreflector.cli.rebuild;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Following;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector rebuild}. */
@Command(
        name = "rebuild",
        description = {
            "Builds what a store holds anew from the log, beside what is in use, and has it take its place. Asks no model.",
            "The service does it: who is interrupted follows it again with --follow."
        })
public final class RebuildCommand implements Callable<Integer> {

    private static final SlowWork.Unit RECORDS = new SlowWork.Unit(" records", 1);

    /** What can be built anew. */
    enum Target {
        NEO4J,
        REDIS,
        ALL;

        private List<String> stores() {
            return this == ALL ? List.of("neo4j", "redis") : List.of(name().toLowerCase(Locale.ROOT));
        }
    }

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "TARGET",
            description = "What to build: ${COMPLETION-CANDIDATES}, in either case.")
    private Target target;

    @Option(names = "--follow", paramLabel = "ID", description = "Follows a rebuild that was begun earlier.")
    private String followed;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationText.class,
            description = "How long to follow it (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    /** @param session of the command line */
    public RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((target == null) == (followed == null)) {
            throw new IllegalArgumentException(
                    "TARGET: takes neo4j, redis or all, or --follow and the id of a rebuild");
        }
        var service = session.service();
        if (followed != null) {
            return end(service, read(service, followed));
        }
        for (var store : target.stores()) {
            var begun = service.post(
                            Resource.of("api", "v1", "rebuilds"),
                            JsonMapper.shared().createObjectNode().put("target", store))
                    .json();
            if (end(service, begun) != ExitCode.DONE) {
                return ExitCode.REFUSED;
            }
        }
        return ExitCode.DONE;
    }

    private int end(MemoryService service, JsonNode begun) throws InterruptedException {
        var state = follow(service, begun);
        show(state);
        return state.path("state").asString("").equals("done") ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private JsonNode follow(MemoryService service, JsonNode begun) throws InterruptedException {
        var id = begun.path("rebuild_id").asString("");
        return new Following(session, wait)
                .follow(
                        "read",
                        RECORDS,
                        begun,
                        () -> read(service, id),
                        RebuildCommand::progress,
                        "reflector rebuild --follow " + id);
    }

    private static JsonNode read(MemoryService service, String id) {
        return service.get(Resource.of("api", "v1", "rebuilds", id)).json();
    }

    private static Following.Progress progress(JsonNode state) {
        var phase = state.path("phase").asString("");
        var read = state.path("records_read").asLong(0);
        var total = state.path("records_total").asLong(0);
        var left = state.path("remaining_seconds");
        return new Following.Progress(
                read,
                total,
                phase,
                phase + ": " + read + " of " + total + " records read"
                        + (left.isNumber() ? ", about " + left.asLong() + " s left" : ""));
    }

    private void show(JsonNode state) {
        if (session.json()) {
            session.print(state);
        } else {
            var table = new Table("", "");
            for (var field : new String[] {
                "rebuild_id", "target", "state", "records_read", "records_refused", "started_at", "ended_at", "error"
            }) {
                if (state.hasNonNull(field)) {
                    table.row(field.replace('_', ' '), state.path(field).asString(""));
                }
            }
            session.print(table);
        }
        if (Following.runs(state)) {
            session.complain("it still runs: reflector rebuild --follow "
                    + state.path("rebuild_id").asString(""));
        }
    }
}
