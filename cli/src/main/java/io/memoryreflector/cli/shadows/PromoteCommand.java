package io.memoryreflector.cli.shadows;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Following;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector promote}. */
@Command(
        name = "promote",
        description = {
            "Has a shadow's memories take the place of those in use. Asks before it does; look with 'reflector compare'.",
            "The service does it. Does what is left to do: again after an interruption, it goes on or follows."
        })
public final class PromoteCommand implements Callable<Integer> {

    private static final SlowWork.Unit USERS = new SlowWork.Unit(" users", 1);

    private final Session session;

    @Parameters(paramLabel = "SHADOW", description = "Its name.")
    private String shadow;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationText.class,
            description = "How long to follow it (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    /** @param session of the command line */
    public PromoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!yes && !session.confirmed("Have shadow " + shadow + " take the place of what is in use? [y/N] ")) {
            session.complain("nothing was promoted: say --yes to promote shadow " + shadow);
            return ExitCode.USAGE;
        }
        var service = session.service();
        var begun = service.post(
                        Resource.of("api", "v1", "shadows", shadow + ":promote"),
                        JsonMapper.shared().createObjectNode())
                .json();
        var state = follow(service, begun);
        show(state);
        return state.path("state").asString("").equals("done") ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private JsonNode follow(MemoryService service, JsonNode begun) throws InterruptedException {
        return new Following(session, wait)
                .follow(
                        "promote",
                        USERS,
                        begun,
                        () -> lastOf(service, begun),
                        PromoteCommand::progress,
                        "reflector promote " + shadow);
    }

    /** Of another instance, which may not know of this promotion yet, the last action may be an earlier one. */
    private JsonNode lastOf(MemoryService service, JsonNode begun) {
        var last =
                service.get(Resource.of("api", "v1", "shadows", shadow)).json().path("last_action");
        return begunAt(last).isBefore(begunAt(begun)) ? begun : last;
    }

    private static Instant begunAt(JsonNode action) {
        return action.hasNonNull("begun_at")
                ? Instant.parse(action.path("begun_at").asString(""))
                : Instant.MIN;
    }

    private static Following.Progress progress(JsonNode state) {
        var done = state.path("users_done").asLong(0);
        var total = state.path("users_total").asLong(0);
        var added = state.path("memories_added").asLong(0);
        var retired = state.path("memories_retired").asLong(0);
        return new Following.Progress(
                done,
                total,
                added + " added, " + retired + " retired",
                done + " of " + total + " users, " + added + " memories added, " + retired + " retired");
    }

    private void show(JsonNode state) {
        if (session.json()) {
            session.print(state);
        } else {
            var table = new Table("", "");
            for (var field : new String[] {
                "action_id",
                "shadow",
                "state",
                "by",
                "users_done",
                "memories_added",
                "memories_retired",
                "kept",
                "waiting",
                "begun_at",
                "ended_at",
                "error"
            }) {
                if (state.hasNonNull(field)) {
                    table.row(field.replace('_', ' '), state.path(field).asString(""));
                }
            }
            session.print(table);
        }
        if (Following.runs(state)) {
            session.complain("it still runs; to follow it: reflector promote " + shadow);
        }
    }
}
