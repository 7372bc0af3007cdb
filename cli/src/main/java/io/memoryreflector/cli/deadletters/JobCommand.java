package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflector dead-letters job}. */
@Command(name = "job", description = "Follows a replay or a discard that was begun earlier.")
final class JobCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationText.class,
            description = "How long to follow it (default: ${DEFAULT-VALUE}).")
    private Duration wait;

    @Parameters(paramLabel = "JOB", description = "The job's id.")
    private String id;

    JobCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var job = new Job(session, session.service());
        return job.follow(job.read(id), wait);
    }
}
