package io.memoryreflector.cli;

import io.memoryreflector.cli.output.Surroundings;
import io.memoryreflector.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command line, run to its end in this process. */
public record Run(int exit, String out, String err) {

    private static final int WIDE = 200;

    /** Without a person anywhere. */
    public static Run of(String... args) {
        return with("", Terminal.NONE, args);
    }

    /** With something on stdin. */
    public static Run reading(String stdin, String... args) {
        return with(stdin, Terminal.NONE, args);
    }

    /** With a person who types. */
    public static Run at(String typed, String... args) {
        return with(typed, new Terminal(true, true, true, WIDE), args);
    }

    /** With a key in the environment. */
    public static Run withKey(String key, String... args) {
        return with("", Terminal.NONE, key, args);
    }

    private static Run with(String stdin, Terminal terminal, String... args) {
        return with(stdin, terminal, null, args);
    }

    private static Run with(String stdin, Terminal terminal, String key, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                key);
        var exit = Reflector.run(surroundings, args);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one document on stdout. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /** The documents on stdout, one a line. */
    public List<JsonNode> ndjson() {
        return out.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }
}
