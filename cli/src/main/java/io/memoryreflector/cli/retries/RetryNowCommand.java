package io.memoryreflector.cli.retries;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector retry now}. */
@Command(name = "now", description = "Sends on at once what waits for another attempt.")
final class RetryNowCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private RetryFilter filter;

    @Option(names = "--all", description = "Everything that waits.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of those that match, how many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The interaction; or name them by the options below.")
    private String interaction;

    RetryNowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = request();
        var answer = session.service().post(Resource.of("api", "v1", "retries:now"), request);
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            session.out().println(answer.json().path("sent_on").asLong(0) + " sent on");
        }
        return ExitCode.DONE;
    }

    private JsonNode request() {
        var byFilter = all || !filter.isEmpty();
        if (interaction == null && !byFilter) {
            throw new IllegalArgumentException(
                    "ID: is missing, takes an interaction, a filter such as --tier, or --all");
        }
        if (interaction != null && byFilter) {
            throw new IllegalArgumentException("ID: got an interaction and a filter or --all, takes one of them");
        }
        var request = JsonMapper.shared().createObjectNode();
        if (interaction != null) {
            return request.put("interaction_id", interaction);
        }
        filter.into(request);
        return request.put("limit", limit);
    }
}
