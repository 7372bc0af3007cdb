package io.memoryreflector.cli;

import io.memoryreflector.cli.deadletters.DeadLettersCommand;
import io.memoryreflector.cli.forgetting.ExportCommand;
import io.memoryreflector.cli.forgetting.ForgetCommand;
import io.memoryreflector.cli.imports.ImportCommand;
import io.memoryreflector.cli.interactions.SendCommand;
import io.memoryreflector.cli.output.Surroundings;
import io.memoryreflector.cli.rebuild.DumpCommand;
import io.memoryreflector.cli.rebuild.RebuildCommand;
import io.memoryreflector.cli.recall.RecallCommand;
import io.memoryreflector.cli.retries.RetriesCommand;
import io.memoryreflector.cli.shadows.AbandonCommand;
import io.memoryreflector.cli.shadows.CompareCommand;
import io.memoryreflector.cli.shadows.PromoteCommand;
import io.memoryreflector.cli.shadows.ShadowsCommand;
import io.memoryreflector.cli.status.StatusCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code reflector} and the tree below it. */
@Command(
        name = "reflector",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Sends interactions to Memory Reflector, recalls what it made of them, and mends what failed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE + ":done",
            ExitCode.REFUSED + ":refused by the service, or failed in part",
            ExitCode.USAGE + ":the command line cannot be",
            ExitCode.NO_ANSWER + ":the service does not answer, or cannot for now"
        })
public final class Reflector implements Runnable {

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    @Spec
    private CommandSpec spec;

    private Reflector() {}

    /** Runs one command line to its end; returns its {@link ExitCode}. */
    public static int run(Surroundings surroundings, String... args) {
        return commandLine(surroundings).execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "COMMAND: is missing, takes send, recall, status, import, dead-letters, retry, export, forget, rebuild, dump, shadows, compare, promote, abandon or completion");
    }

    private static CommandLine commandLine(Surroundings surroundings) {
        var reflector = new Reflector();
        var session = new Session(surroundings, reflector.options);
        var failures = new Failures(session, reflector.options);
        return new CommandLine(reflector)
                .addSubcommand(new SendCommand(session))
                .addSubcommand(new RecallCommand(session))
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new ImportCommand(session))
                .addSubcommand(DeadLettersCommand.tree(session))
                .addSubcommand(RetriesCommand.tree(session))
                .addSubcommand(new ExportCommand(session))
                .addSubcommand(new ForgetCommand(session))
                .addSubcommand(new RebuildCommand(session))
                .addSubcommand(new DumpCommand(session))
                .addSubcommand(new ShadowsCommand(session))
                .addSubcommand(new CompareCommand(session))
                .addSubcommand(new PromoteCommand(session))
                .addSubcommand(new AbandonCommand(session))
                .addSubcommand(new CompletionCommand(session))
                .setOut(new PrintWriter(surroundings.out(), true))
                .setErr(new PrintWriter(surroundings.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
