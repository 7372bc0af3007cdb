package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.ShownList;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code reflector dead-letters list}. */
@Command(name = "list", description = "Lists dead letters, the newest first.")
final class ListCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private DeadLetterFilter filter;

    @Mixin
    private ShownList list;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var letters = new DeadLetterTable();
        var resource = filter.of(Resource.of("api", "v1", "dead-letters"));
        return list.show(session, resource, "dead_letters", letters.table(), letters::add, "No dead letters.");
    }
}
