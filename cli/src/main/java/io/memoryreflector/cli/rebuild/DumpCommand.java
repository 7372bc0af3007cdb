package io.memoryreflector.cli.rebuild;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector dump}. */
@Command(
        name = "dump",
        description = {
            "Writes all that a store holds in a canonical form, as NDJSON: of the same log it has the same bytes.",
            "Says their SHA-256 at the end, or only that where no file is named."
        })
public final class DumpCommand implements Callable<Integer> {

    private static final String END = "{\"kind\":\"end\",";

    private final Session session;

    /** What can be written down. */
    enum Store {
        NEO4J,
        REDIS
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "STORE",
            defaultValue = "NEO4J",
            description = "Which store: ${COMPLETION-CANDIDATES}, in either case (default: neo4j).")
    private Store store;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the lines; - is standard output.")
    private Path file;

    /** @param session of the command line */
    public DumpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            return dump(OutputStream.nullOutputStream());
        }
        if (file.toString().equals("-")) {
            return dump(session.out());
        }
        try (var out = Files.newOutputStream(file)) {
            return dump(out);
        }
    }

    private int dump(OutputStream out) {
        var hash = sha256();
        var end = new String[] {""};
        var lines = new PrintStream(out, false, StandardCharsets.UTF_8);
        session.service().lines(Resource.of("api", "v1", "dumps", store.name().toLowerCase(Locale.ROOT)), line -> {
            if (line.startsWith(END)) {
                end[0] = line;
            } else {
                lines.print(line + "\n");
                hash.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        lines.flush();
        if (lines.checkError()) {
            session.complain("--out: got '" + file + "', which cannot be written to the end");
            return ExitCode.REFUSED;
        }
        var sum = HexFormat.of().formatHex(hash.digest());
        if (end[0].isEmpty()
                || !JsonMapper.shared()
                        .readTree(end[0])
                        .path("sha256")
                        .asString("")
                        .equals(sum)) {
            session.complain("the dump was cut off: its last line is missing or has another SHA-256. Try again");
            return ExitCode.NO_ANSWER;
        }
        var summary = JsonMapper.shared().readTree(end[0]);
        var said = session.json()
                ? summary.toString()
                : sum + "  " + summary.path("lines").asLong(0) + " lines";
        (file != null && file.toString().equals("-") ? session.err() : session.out()).println(said);
        return ExitCode.DONE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
