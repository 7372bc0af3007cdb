package io.memoryreflector.cli.shadows;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflector abandon}. */
@Command(
        name = "abandon",
        description = {
            "Deletes all topics, schemas and places of a shadow. Asks before it does. What was promoted stays.",
            "Its reflector has to be stopped before."
        })
public final class AbandonCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "SHADOW", description = "Its name.")
    private String shadow;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** @param session of the command line */
    public AbandonCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!yes && !session.confirmed("Delete all that shadow " + shadow + " has made? [y/N] ")) {
            session.complain("nothing was deleted: say --yes to abandon shadow " + shadow);
            return ExitCode.USAGE;
        }
        var answer = session.service().delete(Resource.of("api", "v1", "shadows", shadow));
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            session.out()
                    .println("Shadow " + shadow + " is gone: "
                            + answer.json().path("topics_deleted").asLong(0) + " topics and "
                            + answer.json().path("subjects_deleted").asLong(0) + " subjects deleted.");
        }
        return ExitCode.DONE;
    }
}
