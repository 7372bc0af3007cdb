package io.memoryreflector.cli.forgetting;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reflector forget}: all of a user, or a part of it. */
@Command(
        name = "forget",
        description = {
            "Forgets all that was handed over of a user up to now, or a part of it.",
            "What comes later is remembered. Asks before it does; 'reflector export USER' keeps a copy."
        })
public final class ForgetCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "USER", description = "Whose memory it is.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "The user's namespace (default: default).")
    private String namespace;

    @ArgGroup(exclusive = true)
    private Part part = new Part();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Is kept with the erasure.")
    private String reason;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /** What is meant, if not everything. */
    static final class Part {

        @Option(names = "--session", paramLabel = "SESSION", description = "Only this session.")
        private String session;

        @Option(names = "--interaction", paramLabel = "ID", description = "Only this interaction and what it taught.")
        private String interaction;

        @Option(names = "--memory", paramLabel = "ID", description = "Only this memory.")
        private String memory;

        @Option(
                names = "--source",
                paramLabel = "SOURCE",
                description = "Only what came by this entrance: rest, kafka, rabbitmq, mcp, sdk or import.")
        private String source;
    }

    /** @param session of the command line */
    public ForgetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!yes && !session.confirmed("Forget " + what() + " of " + user + " for good? [y/N] ")) {
            session.complain("nothing was forgotten: say --yes to forget " + what() + " of " + user);
            return ExitCode.USAGE;
        }
        var answer = session.service().delete(address().with("reason", reason));
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            var erased = answer.json();
            session.out()
                    .println("Forgetting " + what() + " of " + user + " up to "
                            + erased.path("erased_at").asString("") + " ("
                            + erased.path("erasure_id").asString("") + ").");
        }
        return ExitCode.DONE;
    }

    private String what() {
        if (part.session != null) {
            return "session " + part.session;
        }
        if (part.interaction != null) {
            return "interaction " + part.interaction;
        }
        if (part.memory != null) {
            return "memory " + part.memory;
        }
        return part.source == null ? "everything" : "what came by " + part.source;
    }

    private Resource address() {
        if (part.memory != null) {
            return Resource.of("api", "v1", "memories", part.memory);
        }
        if (part.interaction != null) {
            return Resource.of("api", "v1", "interactions", part.interaction)
                    .with("user_id", user)
                    .with("namespace", namespace);
        }
        var ofUser = part.session != null
                ? Resource.of("api", "v1", "users", user, "sessions", part.session)
                : part.source != null
                        ? Resource.of("api", "v1", "users", user, "sources", part.source)
                        : Resource.of("api", "v1", "users", user);
        return ofUser.with("namespace", namespace);
    }
}
