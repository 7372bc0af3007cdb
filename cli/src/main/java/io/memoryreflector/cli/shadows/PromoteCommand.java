package io.memoryreflector.cli.shadows;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private static final long POLL_MS = 500;

    /** So often a line is printed where no person watches a bar. */
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private static final SlowWork.Unit USERS = new SlowWork.Unit(" users", 1);

    private final Session session;
    private final InstantSource clock = InstantSource.system();
    private Instant lastLine;

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

    /** A service that is away for a moment goes on with it when it is back. */
    private JsonNode follow(MemoryService service, JsonNode begun) throws InterruptedException {
        var state = begun;
        var end = clock.instant().plus(wait);
        lastLine = clock.instant();
        try (var bar = new SlowWork("promote", USERS, session.surroundings(), clock)) {
            while (runs(state) && clock.instant().isBefore(end)) {
                Thread.sleep(POLL_MS);
                try {
                    var last = service.get(Resource.of("api", "v1", "shadows", shadow))
                            .json()
                            .path("last_action");
                    if (!begunAt(last).isBefore(begunAt(begun))) {
                        state = last;
                    }
                } catch (NoAnswer e) {
                    if (!clock.instant().plus(Duration.ofMillis(POLL_MS)).isBefore(end)) {
                        throw new NoAnswer(
                                e.getMessage() + "; it goes on with the service: reflector promote " + shadow, e);
                    }
                }
                bar.reached(
                        state.path("users_done").asLong(0),
                        state.path("users_total").asLong(0),
                        state.path("memories_added").asLong(0) + " added, "
                                + state.path("memories_retired").asLong(0) + " retired");
                line(state);
            }
        }
        return state;
    }

    /** Of another instance, which may not know of this promotion yet, the last action may be an earlier one. */
    private static Instant begunAt(JsonNode action) {
        return action.hasNonNull("begun_at")
                ? Instant.parse(action.path("begun_at").asString(""))
                : Instant.MIN;
    }

    /** For a log file. */
    private void line(JsonNode state) {
        var now = clock.instant();
        if (session.terminal().err() || Duration.between(lastLine, now).compareTo(LINE_EVERY) < 0) {
            return;
        }
        lastLine = now;
        session.err()
                .println(state.path("users_done").asLong(0) + " of "
                        + state.path("users_total").asLong(0) + " users, "
                        + state.path("memories_added").asLong(0) + " memories added, "
                        + state.path("memories_retired").asLong(0) + " retired");
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
        if (runs(state)) {
            session.complain("it still runs; to follow it: reflector promote " + shadow);
        }
    }

    private static boolean runs(JsonNode state) {
        return state.path("state").asString("").equals("running");
    }
}
