package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.Resource;
import java.time.Duration;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** A job of the service: followed to its end, then shown. */
final class Job {

    /** The service tells of a job only when it is asked; this often is enough for a bar and no load. */
    private static final long POLL_MS = 200;

    private static final SlowWork.Unit LETTERS = new SlowWork.Unit(" letters", 1);

    private final Session session;
    private final MemoryService service;
    private final InstantSource clock = InstantSource.system();

    Job(Session session, MemoryService service) {
        this.session = session;
        this.service = service;
    }

    /**
     * Follows it from an answer about it, shows its end and returns the exit code.
     *
     * @param longest after which it is left to itself
     */
    int follow(JsonNode begun, Duration longest) throws InterruptedException {
        var state = begun;
        var end = clock.instant().plus(longest);
        try (var bar = new SlowWork("sent", LETTERS, session.surroundings(), clock)) {
            while (runs(state) && clock.instant().isBefore(end)) {
                Thread.sleep(POLL_MS);
                state = read(id(begun));
                bar.reached(done(state), state.path("matched").asLong(0), "");
            }
        }
        show(state);
        return exitCode(state);
    }

    /** What the service knows of a job. */
    JsonNode read(String id) {
        try {
            return service.get(Resource.of("api", "v1", "replay-jobs", id)).json();
        } catch (NoAnswer e) {
            throw new NoAnswer(
                    e.getMessage() + "; the job goes on with the service: reflector dead-letters job " + id, e);
        }
    }

    private void show(JsonNode state) {
        if (session.json()) {
            session.print(state);
        } else {
            var table = new Table("", "");
            for (var field : new String[] {"job_id", "state", "matched", "sent", "skipped", "failed", "error"}) {
                if (state.hasNonNull(field)) {
                    table.row(field.replace('_', ' '), state.path(field).asString(""));
                }
            }
            session.print(table);
        }
        if (runs(state)) {
            session.complain("the job still runs: reflector dead-letters job " + id(state));
        }
    }

    private static int exitCode(JsonNode state) {
        var failed = state.path("failed").asLong(0) > 0
                || state.path("state").asString("").equals("failed")
                || runs(state);
        return failed ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static boolean runs(JsonNode state) {
        return state.path("state").asString("").equals("running") && !id(state).isEmpty();
    }

    private static long done(JsonNode state) {
        return state.path("sent").asLong(0)
                + state.path("skipped").asLong(0)
                + state.path("failed").asLong(0);
    }

    private static String id(JsonNode state) {
        return state.path("job_id").asString("");
    }
}
