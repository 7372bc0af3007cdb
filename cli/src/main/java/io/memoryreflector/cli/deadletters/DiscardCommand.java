package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector dead-letters discard}. */
@Command(
        name = "discard",
        description = {
            "Puts dead letters away: they are kept until they expire, but are no longer parked.",
            "By a filter, it first shows how many match and the first of them, and asks."
        })
final class DiscardCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Chosen chosen;

    DiscardCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var nothing = JsonMapper.shared().createObjectNode();
        return new Action(session, "discard", chosen).run(nothing, nothing);
    }
}
