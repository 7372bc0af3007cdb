package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code reflector dead-letters replay}. */
@Command(
        name = "replay",
        description = {
            "Sends dead letters back to where they came from, with attempts at zero.",
            "By a filter, it first shows how many match and the first of them, and asks."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private Chosen chosen;

    @Option(names = "--rate", paramLabel = "N", description = "Records a second at most (default: 1000).")
    private Integer rate;

    @Option(
            names = "--patch",
            paramLabel = "JSON",
            description = "Fields of the value to change before it is sent, as a JSON object.")
    private String patch;

    ReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var extra = JsonMapper.shared().createObjectNode();
        if (patch != null) {
            extra.set("patch", parsed());
        }
        var each = extra.deepCopy();
        if (rate != null) {
            extra.put("rate_per_second", rate);
        }
        return new Action(session, "replay", chosen).run(each, extra);
    }

    private ObjectNode parsed() {
        try {
            if (JsonMapper.shared().readTree(patch) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Reported below with what it takes.
        }
        throw new IllegalArgumentException(
                "--patch: got what is no JSON object, takes one such as {\"user_id\":\"ada\"}");
    }
}
