package io.memoryreflector.cli.retries;

import io.memoryreflector.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reflector retry}: the commands about tasks that wait for another attempt. */
@Command(
        name = "retry",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at what waits for another attempt, and sends it on at once.")
public final class RetriesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private RetriesCommand() {}

    /** This command with those below it. */
    public static CommandLine tree(Session session) {
        return new CommandLine(new RetriesCommand())
                .addSubcommand(new ListRetriesCommand(session))
                .addSubcommand(new RetryNowCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND: is missing, takes list or now");
    }
}
