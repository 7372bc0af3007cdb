package io.memoryreflector.cli.status;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Answer;
import io.memoryreflector.cli.service.Problem;
import io.memoryreflector.cli.service.Refusal;
import io.memoryreflector.cli.service.Resource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code reflector status}: of one interaction, of all that a user sent, or of the service. */
@Command(
        name = "status",
        description = {
            "Shows what became of one interaction or of all that a user sent; without either, the service's health.",
            "Ends with 1 where the service says that it is not well."
        })
public final class StatusCommand implements Callable<Integer> {

    /** Where the service asks for keys, only an operator's sees the parts; anybody hears whether it is ready. */
    private static final Set<Integer> ONLY_FOR_OPERATORS = Set.of(401, 403);

    private final Session session;

    @ArgGroup
    private Of of;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "The user's namespace (default: default).")
    private String namespace;

    /** @param session of the command line */
    public StatusCommand(Session session) {
        this.session = session;
    }

    private static final class Of {

        @Option(names = "--user", paramLabel = "USER", description = "All that this user sent.")
        private String user;

        @Option(names = "--interaction", paramLabel = "ID", description = "This interaction.")
        private String interaction;
    }

    @Override
    public Integer call() {
        if (of == null) {
            return health();
        }
        if (of.user != null) {
            var user = Resource.of("api", "v1", "users", of.user, "status").with("namespace", namespace);
            show(session.service().get(user), this::showUser);
        } else {
            show(
                    session.service().get(Resource.of("api", "v1", "interactions", of.interaction)),
                    this::showInteraction);
        }
        return ExitCode.DONE;
    }

    /** The service answers 503 where it is not well, and says why in the same form. */
    private int health() {
        var service = session.service();
        var answer = service.ask(Resource.of("actuator", "health"));
        if (ONLY_FOR_OPERATORS.contains(answer.status())) {
            answer = service.ask(Resource.of("actuator", "health", "readiness"));
        }
        var health = answer.json();
        if (!health.path("status").isString()) {
            throw new Refusal(Problem.of(answer.status(), health), answer.retryAfter());
        }
        show(answer, this::showHealth);
        return health.path("status").asString().equals("UP") ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void show(Answer answer, Consumer<JsonNode> people) {
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            people.accept(answer.json());
        }
    }

    private void showHealth(JsonNode health) {
        var table = new Table("PART", "STATUS", "DETAILS");
        table.row("service", health.path("status").asString(), "");
        health.path("components")
                .propertyStream()
                .forEach(part -> table.row(
                        part.getKey(),
                        part.getValue().path("status").asString(""),
                        details(part.getValue().path("details"))));
        session.print(table);
    }

    private static String details(JsonNode details) {
        return details.propertyStream()
                .filter(detail ->
                        !detail.getValue().isArray() || !detail.getValue().isEmpty())
                .map(detail -> detail.getKey() + " " + shown(detail.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String shown(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(item -> item.asString("")).collect(Collectors.joining(" "))
                : value.asString("");
    }

    private void showUser(JsonNode user) {
        var table = new Table("", "");
        for (var count : new String[] {"received", "completed", "partial", "failed", "pending"}) {
            table.row(count, user.path(count).asLong(0));
        }
        table.row("last sent", user.path("last_interaction_at").asString(""));
        session.print(table);
    }

    private void showInteraction(JsonNode interaction) {
        session.print(new Table("", "")
                .row("interaction", interaction.path("interaction_id").asString(""))
                .row("status", interaction.path("status").asString(""))
                .row(
                        "user",
                        interaction.path("namespace").asString("") + "/"
                                + interaction.path("user_id").asString(""))
                .row("received", interaction.path("received_at").asString("")));
        var tiers = new Table("TIER", "STATE", "ATTEMPTS", "TOOK MS", "MEMORIES", "NEXT ATTEMPT", "ERROR");
        interaction
                .path("tiers")
                .propertyStream()
                .forEach(tier -> tiers.row(
                        tier.getKey(),
                        tier.getValue().path("state").asString(""),
                        tier.getValue().path("attempts").asInt(0),
                        tier.getValue().path("took_ms").asString(""),
                        tier.getValue().path("memory_ids").size(),
                        tier.getValue().path("next_attempt_at").asString(""),
                        tier.getValue().path("error").path("message").asString("")));
        if (!tiers.isEmpty()) {
            session.out().println();
            session.print(tiers);
        }
    }
}
