package io.memoryreflector.cli.recall;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Resource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code reflector recall}: what is remembered for a question. */
@Command(name = "recall", description = "Shows what is remembered for a question, best first, with its sources.")
public final class RecallCommand implements Callable<Integer> {

    private static final int DAY_LENGTH = "2026-05-02".length();

    private final Session session;

    @Option(names = "--user", required = true, paramLabel = "USER", description = "Whose memory it is.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "The user's namespace (default: default).")
    private String namespace;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most: 1 to 100 (default: 10).")
    private Integer limit;

    @Option(
            names = "--tiers",
            paramLabel = "TIER",
            split = ",",
            description = "Only these, separated by commas: episodic, semantic, procedural.")
    private List<String> tiers;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Answer as the memory stood then, such as 2026-05-02T10:00:00Z.")
    private String asOf;

    @Option(names = "--session", paramLabel = "SESSION", description = "Show the last turns of this session only.")
    private String sessionId;

    @Parameters(paramLabel = "QUESTION", description = "What is asked.")
    private String question;

    /** @param session of the command line */
    public RecallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var answer = session.service()
                .get(Resource.of("api", "v1", "users", user, "recall")
                        .with("query", question)
                        .with("namespace", namespace)
                        .with("limit", limit)
                        .with("tiers", tiers == null ? null : String.join(",", tiers))
                        .with("as_of", asOf)
                        .with("session_id", sessionId));
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            show(answer.json());
        }
        return ExitCode.DONE;
    }

    private void show(JsonNode answer) {
        var items = new Table("SCORE", "TIER", "DAY", "SOURCES", "TEXT");
        for (var item : answer.path("items")) {
            items.row(
                    String.format(Locale.ROOT, "%.3f", item.path("score").asDouble(0)),
                    item.path("tier").asString(""),
                    day(item.path("occurred_at").asString("")),
                    sources(item),
                    item.path("text").asString(""));
        }
        if (items.isEmpty()) {
            session.out().println("Nothing is remembered for this.");
        } else {
            session.print(items);
        }
        var turns = new Table("LAST TURNS", "", "");
        for (var turn : answer.path("short_term")) {
            turns.row(
                    turn.path("message_id").asString(""),
                    turn.path("role").asString(""),
                    turn.path("content").asString(""));
        }
        if (!turns.isEmpty()) {
            session.out().println();
            session.print(turns);
        }
    }

    private static String sources(JsonNode item) {
        return item.path("sources")
                .valueStream()
                .map(source -> source.path("message_id").asString(""))
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String day(String time) {
        return time.substring(0, Math.min(DAY_LENGTH, time.length()));
    }
}
