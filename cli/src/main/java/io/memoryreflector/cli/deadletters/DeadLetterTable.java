package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.output.Table;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Dead letters as people see them, one a row. */
final class DeadLetterTable {

    private static final Pattern FRACTION = Pattern.compile("\\.\\d+");

    private final Table table = new Table("ID", "PARKED AT", "PARKED BY", "USER", "SOURCE", "TIMES", "ERROR");

    DeadLetterTable add(JsonNode letter) {
        table.row(
                letter.path("id").asString(""),
                seconds(letter.path("parked_at").asString("")),
                letter.path("component").asString(""),
                user(letter),
                source(letter),
                letter.path("times_parked").asString(""),
                error(letter));
        return this;
    }

    Table table() {
        return table;
    }

    /** Whose it is; nothing for bytes that are no event. */
    static String user(JsonNode letter) {
        var user = letter.path("user_id").asString("");
        return user.isEmpty() ? "" : letter.path("namespace").asString("default") + "/" + user;
    }

    /** Where it came from. */
    static String source(JsonNode letter) {
        return letter.path("source_topic").asString("") + "/"
                + letter.path("source_partition").asString("?") + "@"
                + letter.path("source_offset").asString("?");
    }

    /** What went wrong: the class without its package, and its message. */
    static String error(JsonNode letter) {
        var name = letter.path("error_class").asString("");
        return name.substring(name.lastIndexOf('.') + 1) + ": "
                + letter.path("message").asString("");
    }

    private static String seconds(String time) {
        return FRACTION.matcher(time).replaceFirst("");
    }
}
