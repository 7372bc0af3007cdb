package io.memoryreflector.cli.forgetting;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector export}: everything about a user, line by line. */
@Command(
        name = "export",
        description = {
            "Writes everything about a user as NDJSON: interactions, memories, sessions, statuses, dead letters.",
            "The last line counts them; where it is missing, the export was cut off and the command fails."
        })
public final class ExportCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "USER", description = "Whose memory it is.")
    private String user;

    @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "The user's namespace (default: default).")
    private String namespace;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Interactions and memories alone, those that had happened and were not over then.")
    private String asOf;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: standard output).")
    private Path file;

    /** @param session of the command line */
    public ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            return export(session.out());
        }
        try (var out = Files.newOutputStream(file)) {
            return export(out);
        }
    }

    private int export(OutputStream out) {
        var last = new String[] {""};
        var lines = new PrintStream(out, false, StandardCharsets.UTF_8);
        session.service()
                .lines(
                        Resource.of("api", "v1", "users", user, "export")
                                .with("namespace", namespace)
                                .with("as_of", asOf),
                        line -> {
                            lines.print(line + "\n");
                            last[0] = line;
                        });
        lines.flush();
        if (lines.checkError()) {
            session.complain("--out: got '" + file + "', which cannot be written to the end");
            return ExitCode.REFUSED;
        }
        if (!isEnd(last[0])) {
            session.complain("the export was cut off: its last line is missing. Try again");
            return ExitCode.NO_ANSWER;
        }
        if (file != null) {
            session.out().println(last[0]);
        }
        return ExitCode.DONE;
    }

    private static boolean isEnd(String line) {
        try {
            return JsonMapper.shared().readTree(line).path("type").asString("").equals("end");
        } catch (JacksonException e) {
            return false;
        }
    }
}
