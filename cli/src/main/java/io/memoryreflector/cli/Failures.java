package io.memoryreflector.cli;

import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and what to do, and which exit code that is. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Session session;
    private final GlobalOptions options;

    Failures(Session session, GlobalOptions options) {
        this.session = session;
        this.options = options;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        session.complain(
                failure.getMessage() + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        trace(failure);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        var code = explain(failure);
        trace(failure);
        return code;
    }

    private int explain(Exception failure) {
        if (failure instanceof Refusal refusal) {
            session.complain("", refusal.problem());
            return refusal.problem().passes() ? ExitCode.NO_ANSWER : ExitCode.REFUSED;
        }
        if (failure instanceof NoAnswer) {
            session.complain(failure.getMessage());
            return ExitCode.NO_ANSWER;
        }
        if (failure instanceof IllegalArgumentException) {
            session.complain(failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            session.complain(failure.getMessage());
            return ExitCode.REFUSED;
        }
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            session.complain("interrupted: what is done stays done; run it again");
            return ExitCode.REFUSED;
        }
        session.complain("unexpected failure: " + failure + "; run it again with --verbose and report what it shows");
        return ExitCode.REFUSED;
    }

    private void trace(Exception failure) {
        if (options.verbose()) {
            failure.printStackTrace(session.err());
        }
    }
}
