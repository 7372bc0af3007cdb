package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.DurationText;
import io.memoryreflector.cli.output.SlowWork;
import io.memoryreflector.cli.service.ServiceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflector import}: hands over a file of interactions. */
@Command(
        name = "import",
        description = {
            "Hands over a file of interactions, one JSON object a line or one JSON array, each as in "
                    + "POST /api/v1/interactions. The order of each user's interactions is kept.",
            "It may be run again at any time: an interaction's id is kept once. Where a line gives no interaction_id, "
                    + "one is made from its content, so two lines of wholly equal content are one interaction."
        })
public final class ImportCommand implements Callable<Integer> {

    private static final int BATCH_BYTES = 512 * 1024;
    private static final int UNDER_WAY_BYTES = 32 * 1024 * 1024;
    private static final SlowWork.Unit KILOBYTES = new SlowWork.Unit(" kB", 1_000);

    private final Session session;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Keep refused lines here, as they are, to be mended and imported; overwritten.")
    private Path rejects;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Requests under way at once: 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "250",
            description = "Interactions in one request: 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--give-up-after",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationText.class,
            description = "End where nothing could be sent for this long (default: ${DEFAULT-VALUE}).")
    private Duration giveUpAfter;

    @Parameters(paramLabel = "FILE", description = "The file, or '-' for stdin.")
    private String file;

    /** @param session of the command line */
    public ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--concurrency", concurrency, 64);
        check("--batch-size", batchSize, 1000);
        if (rejects != null
                && Files.exists(rejects)
                && Files.exists(Path.of(file))
                && Files.isSameFile(rejects, Path.of(file))) {
            throw new IllegalArgumentException("--rejects: got the file that is imported, takes another");
        }
        var service = session.service();
        var bounds = new Bounds(concurrency, batchSize, BATCH_BYTES, UNDER_WAY_BYTES, giveUpAfter);
        try (var source = ImportFile.open(file, session.surroundings().in());
                var kept = rejects == null ? Rejects.none() : Rejects.to(rejects)) {
            var tally = new Tally(kept);
            var run = new ImportRun(bounds, tally, () -> new BatchSender(service, tally, patience()));
            return run(run, source, tally);
        }
    }

    private int run(ImportRun run, ImportFile source, Tally tally) throws IOException, InterruptedException {
        var clock = InstantSource.system();
        var begun = clock.instant();
        var report = new ImportReport(session);
        try (var bar = new SlowWork("importing", KILOBYTES, session.surroundings(), clock)) {
            var progress = new ImportProgress(bar, source, tally, clock);
            run.run(source, progress::show);
        } catch (CancellationException | ServiceFailure e) {
            report.print(tally.summary(), Duration.between(begun, clock.instant()));
            session.err().println("Not all of the file is in. Run the same command again: what is in is kept once.");
            throw e;
        }
        var summary = tally.summary();
        report.print(summary, Duration.between(begun, clock.instant()));
        return summary.refused() == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** The pauses before a batch is tried again really pass here; tests of {@link Patience} put their own in. */
    private Patience patience() {
        return new Patience(
                giveUpAfter, InstantSource.system(), wait -> Thread.sleep(wait.toMillis()), new SplittableRandom());
    }

    private static void check(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(option + ": got " + value + ", takes a whole number from 1 to " + max);
        }
    }
}
