package io.memoryreflector.cli;

import io.memoryreflector.cli.output.Plain;
import io.memoryreflector.cli.output.Surroundings;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.output.Terminal;
import io.memoryreflector.cli.service.ApiKey;
import io.memoryreflector.cli.service.Exchanges;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.Problem;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What a command works with: the service that the options name, and the streams. For one command. */
public final class Session {

    private static final Set<String> YES = Set.of("y", "yes");

    private final Surroundings surroundings;
    private final GlobalOptions options;

    Session(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /**
     * A client of the service.
     *
     * @throws IllegalArgumentException where the address or the key is none
     */
    public MemoryService service() {
        return new MemoryService(
                options.url(),
                options.connectTimeout(),
                options.timeout(),
                ApiKey.of(surroundings.apiKey()),
                exchanges());
    }

    /** Whether the service's JSON is wanted, and nothing else. */
    public boolean json() {
        return options.json();
    }

    /** Where the answer goes. */
    public PrintStream out() {
        return surroundings.out();
    }

    /** Where everything else goes. */
    public PrintStream err() {
        return surroundings.err();
    }

    /** Which streams a person sits at. */
    public Terminal terminal() {
        return surroundings.terminal();
    }

    /** All that is around the command. */
    public Surroundings surroundings() {
        return surroundings;
    }

    /** Prints one document on one line. */
    public void print(JsonNode document) {
        out().println(document);
    }

    /** Prints a table. */
    public void print(Table table) {
        table.print(out(), terminal());
    }

    /** Says on one line what went wrong and what to do. */
    public void complain(String message) {
        out().flush();
        err().println("reflector: " + Plain.line(message));
    }

    /**
     * Says why the service refused something, field by field.
     *
     * @param what was refused; empty where that is plain
     */
    public void complain(String what, Problem problem) {
        var subject = what.isEmpty() ? "" : what + ": ";
        var verdict = problem.passes() ? "the service cannot for now" : "refused";
        complain(subject + verdict + " (" + problem.status() + "): " + problem.detail());
        // With one field, the sentence above has said it.
        if (problem.errors().size() > 1) {
            for (var error : problem.errors()) {
                err().println("  " + Plain.line(error.field() + ": " + error.message()));
            }
        }
    }

    /** Asks a person for a yes; where there is no person, there is none. */
    public boolean confirmed(String question) {
        if (!terminal().in() || !terminal().err()) {
            return false;
        }
        out().flush();
        err().print(question);
        err().flush();
        var answer = new Scanner(surroundings.in(), StandardCharsets.UTF_8);
        return answer.hasNextLine() && YES.contains(answer.nextLine().strip().toLowerCase(Locale.ROOT));
    }

    private Exchanges exchanges() {
        if (!options.verbose()) {
            return Exchanges.UNSEEN;
        }
        return (method, path, outcome, took) -> err().println(method + " /" + path + ": " + outcome + " after "
                + TimeUnit.NANOSECONDS.toMillis(took.toNanos()) + " ms");
    }
}
