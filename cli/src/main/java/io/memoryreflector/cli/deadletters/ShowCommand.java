package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Plain;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code reflector dead-letters show}. */
@Command(
        name = "show",
        description = "Shows one dead letter: the record, its headers, its errors, what was done with it.")
final class ShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The dead letter's id.")
    private String id;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var answer = session.service().get(Resource.of("api", "v1", "dead-letters", id));
        if (session.json()) {
            session.out().println(answer.text());
        } else {
            show(answer.json());
        }
        return ExitCode.DONE;
    }

    private void show(JsonNode letter) {
        session.print(new Table("", "")
                .row("id", text(letter, "id"))
                .row("state", text(letter, "state"))
                .row("source", DeadLetterTable.source(letter))
                .row("tier", text(letter, "tier"))
                .row("user", DeadLetterTable.user(letter))
                .row("interaction", text(letter, "interaction_id"))
                .row("reason", text(letter, "reason"))
                .row("error", text(letter, "error_class"))
                .row("message", text(letter, "message"))
                .row("attempts", text(letter, "attempts"))
                .row("parked at", text(letter, "parked_at"))
                .row("times parked", text(letter, "times_parked"))
                .row("component", text(letter, "component"))
                .row("key", text(letter.path("key"), "text")));
        section("", headers(letter));
        section("History", rows(letter.path("history"), "at", "kind", "error_class", "message"));
        section("Actions", rows(letter.path("actions"), "at", "action", "job_id", "reason"));
        value(letter.path("value"));
        var trace = text(letter, "stack_trace");
        if (!trace.isEmpty()) {
            session.out().println("\nStack trace\n" + Plain.lines(trace));
        }
    }

    private void value(JsonNode value) {
        session.out().println("\nValue, " + text(value, "size") + " bytes");
        var decoded = value.path("decoded");
        if (decoded.isMissingNode() || decoded.isNull()) {
            session.out().println("cannot be read: " + Plain.line(text(value, "decode_error")));
            session.out().println(Plain.line(text(value, "base64")));
        } else {
            session.out()
                    .println(Plain.lines(
                            JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(decoded)));
        }
    }

    private void section(String heading, Table table) {
        if (!table.isEmpty()) {
            session.out().println(heading.isEmpty() ? "" : "\n" + heading);
            session.print(table);
        }
    }

    private static Table headers(JsonNode letter) {
        var table = new Table("HEADER", "VALUE");
        for (var header : letter.path("headers")) {
            var text = text(header, "text");
            table.row(text(header, "key"), text.isEmpty() ? text(header, "base64") : text);
        }
        return table;
    }

    private static Table rows(JsonNode entries, String... fields) {
        var table = new Table(fields);
        for (var entry : entries) {
            var cells = new Object[fields.length];
            for (var i = 0; i < fields.length; i++) {
                cells[i] = text(entry, fields[i]);
            }
            table.row(cells);
        }
        return table;
    }

    private static String text(JsonNode document, String field) {
        return document.path(field).asString("");
    }
}
