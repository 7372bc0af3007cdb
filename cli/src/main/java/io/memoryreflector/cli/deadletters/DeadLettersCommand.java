package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reflector dead-letters}: the commands about records that were parked. */
@Command(
        name = "dead-letters",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks at the records that failed for good, sends them back or puts them away.")
public final class DeadLettersCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private DeadLettersCommand() {}

    /** This command with those below it. */
    public static CommandLine tree(Session session) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListCommand(session))
                .addSubcommand(new ShowCommand(session))
                .addSubcommand(new ReplayCommand(session))
                .addSubcommand(new DiscardCommand(session))
                .addSubcommand(new JobCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "COMMAND: is missing, takes list, show, replay, discard or job");
    }
}
