package io.memoryreflector.cli.interactions;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector send}: hands over one message. */
@Command(name = "send", description = "Hands over one message; it is reflected in the background.")
public final class SendCommand implements Callable<Integer> {

    /** Above what the service takes, so that it is the service that says so. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Session session;

    @Option(names = "--user", required = true, paramLabel = "USER", description = "Whose memory it is.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "The user's namespace (default: default).")
    private String namespace;

    @Option(names = "--session", paramLabel = "SESSION", description = "The conversation it belongs to.")
    private String sessionId;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "user",
            description = "Who speaks: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private SpeakerRole role;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The interaction's id: the same again is kept once (default: a random one).")
    private String id;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "What was said; without it, or with '-', stdin.")
    private String text;

    /** @param session of the command line */
    public SendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var interactionId = id == null ? UUID.randomUUID().toString() : id;
        try {
            var answer = session.service()
                    .post(Resource.of("api", "v1", "interactions"), interaction(interactionId, said()));
            show(answer.text(), answer.json());
            return ExitCode.DONE;
        } catch (NoAnswer e) {
            throw new NoAnswer(e.getMessage() + "; with --id " + interactionId + " it is kept once", e);
        }
    }

    private String said() throws IOException {
        if (text != null && !text.equals("-")) {
            return text;
        }
        if (session.terminal().in()) {
            throw new IllegalArgumentException("TEXT: is missing, takes what was said, as an argument or on stdin");
        }
        var bytes = session.surroundings().in().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("stdin: got more than " + MAX_BYTES + " bytes, takes one message");
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private JsonNode interaction(String interactionId, String said) {
        var interaction = JsonMapper.shared().createObjectNode();
        interaction.put("interaction_id", interactionId).put("user_id", user);
        if (namespace != null) {
            interaction.put("namespace", namespace);
        }
        if (sessionId != null) {
            interaction.put("session_id", sessionId);
        }
        interaction.putArray("messages").addObject().put("role", role.name()).put("content", said);
        return interaction;
    }

    private void show(String text, JsonNode answer) {
        if (session.json()) {
            session.out().println(text);
            return;
        }
        session.print(new Table("", "")
                .row("status", answer.path("status").asString(""))
                .row("interaction", answer.path("interaction_id").asString(""))
                .row("received", answer.path("timestamp").asString("")));
    }
}
