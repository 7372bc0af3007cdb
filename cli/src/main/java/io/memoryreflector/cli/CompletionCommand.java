package io.memoryreflector.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reflector completion}: what a shell needs to complete the command's words. */
@Command(
        name = "completion",
        description = {
            "Prints the completion script for bash and zsh.",
            "In bash: source <(reflector completion). In zsh, first: autoload -U +X bashcompinit && bashcompinit."
        })
final class CompletionCommand implements Runnable {

    private final Session session;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var root = spec.root();
        session.out().print(AutoComplete.bash(root.name(), root.commandLine()));
    }
}
