package io.memoryreflector.cli.shadows;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code reflector shadows}. */
@Command(
        name = "shadows",
        description = "Shows the reflectors that go through the log once more: how far they are and what they cost.")
public final class ShadowsCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "SHADOW", description = "Only this one.")
    private String shadow;

    /** @param session of the command line */
    public ShadowsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var shown = new ArrayList<JsonNode>();
        names().forEach(name -> shown.add(
                session.service().get(Resource.of("api", "v1", "shadows", name)).json()));
        if (session.json()) {
            shown.forEach(session::print);
        } else if (shown.isEmpty()) {
            session.out().println("No shadow.");
        } else {
            var table =
                    new Table("SHADOW", "RUNS", "INTERACTIONS", "BEHIND", "PENDING", "TOKENS", "PARKED", "LAST ACTION");
            shown.forEach(it -> table.row(
                    it.path("shadow").asString(""),
                    it.path("running").asBoolean(false) ? "yes" : "no",
                    it.path("interactions").asLong(0),
                    it.path("interactions_behind").asLong(0),
                    counted(it, "tasks_pending"),
                    counted(it, "tokens_spent"),
                    it.path("dead_letters").asLong(0),
                    (it.at("/last_action/action").asString("") + " "
                                    + it.at("/last_action/state").asString(""))
                            .strip()));
            session.print(table);
        }
        return ExitCode.DONE;
    }

    /** The service says how far it has counted. */
    private static String counted(JsonNode shadow, String field) {
        var number = Long.toString(shadow.path(field).asLong(0));
        return shadow.path("counted").asBoolean(true) ? number : number + "...";
    }

    private List<String> names() {
        if (shadow != null) {
            return List.of(shadow);
        }
        return session.service()
                .get(Resource.of("api", "v1", "shadows"))
                .json()
                .path("shadows")
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
    }
}
