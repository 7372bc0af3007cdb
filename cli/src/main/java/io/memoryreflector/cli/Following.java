package io.memoryreflector.cli;

import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.service.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Follows work that the service does by itself, until it is over or the time is up: with a bar for a person, with a line now
 * and then for a log file. A service that is away for a moment goes on with it when it is back. For one thread.
 */
public final class Following {

    /** The service is asked no more often than that. */
    private static final Duration BETWEEN = Duration.ofMillis(500);

    /** So often a line is printed where no person watches a bar. */
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final Session session;
    private final InstantSource clock = InstantSource.system();
    private final Duration wait;
    private Instant lastLine;

    /** @param wait how long to follow it at most */
    public Following(Session session, Duration wait) {
        this.session = session;
        this.wait = wait;
    }

    /**
     * How far it is.
     *
     * @param of all there is
     * @param note beside the bar
     * @param line for a log file
     */
    public record Progress(long done, long of, String note, String line) {}

    /** Whether the service is still at it. */
    public static boolean runs(JsonNode state) {
        return state.path("state").asString("").equals("running");
    }

    /**
     * Looks until it runs no more or the time is up, and returns what was seen last.
     *
     * @param begun what the service said first
     * @param again how to follow it once more, for whoever has no answer when the time is up
     * @throws NoAnswer where there was none at the end
     */
    public JsonNode follow(
            String task,
            SlowWork.Unit unit,
            JsonNode begun,
            Supplier<JsonNode> look,
            Function<JsonNode, Progress> progress,
            String again)
            throws InterruptedException {
        var state = begun;
        var end = clock.instant().plus(wait);
        lastLine = clock.instant();
        try (var bar = new SlowWork(task, unit, session.surroundings(), clock)) {
            while (runs(state) && clock.instant().isBefore(end)) {
                Thread.sleep(BETWEEN.toMillis()); // Between two questions; --wait ends it.
                try {
                    state = look.get();
                } catch (NoAnswer e) {
                    if (!clock.instant().plus(BETWEEN).isBefore(end)) {
                        throw new NoAnswer(e.getMessage() + "; it goes on with the service: " + again, e);
                    }
                }
                var reached = progress.apply(state);
                bar.reached(reached.done(), reached.of(), reached.note());
                line(reached);
            }
        }
        return state;
    }

    private void line(Progress progress) {
        var now = clock.instant();
        if (!session.terminal().err() && Duration.between(lastLine, now).compareTo(LINE_EVERY) >= 0) {
            lastLine = now;
            session.err().println(progress.line());
        }
    }
}
