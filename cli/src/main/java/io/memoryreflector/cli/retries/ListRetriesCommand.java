package io.memoryreflector.cli.retries;

import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.ShownList;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code reflector retry list}. */
@Command(name = "list", description = "Lists what waits for another attempt, the earliest due first.")
final class ListRetriesCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RetryFilter filter;

    @Mixin
    private ShownList list;

    ListRetriesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var table = new Table("DUE AT", "TIER", "USER", "INTERACTION", "ATTEMPTS", "ERROR");
        var resource = filter.of(Resource.of("api", "v1", "retries"));
        return list.show(
                session, resource, "retries", table, retry -> row(table, retry), "Nothing waits for another attempt.");
    }

    private static void row(Table table, JsonNode retry) {
        var error = retry.path("error");
        table.row(
                retry.path("next_attempt_at").asString(""),
                retry.path("tier").asString(""),
                retry.path("namespace").asString("") + "/"
                        + retry.path("user_id").asString(""),
                retry.path("interaction_id").asString(""),
                retry.path("attempts").asString(""),
                error.isObject() ? error.path("message").asString("") : error.asString(""));
    }
}
