package io.memoryreflector.ingest.transcripts;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be the beginning of a turn: {@code Name:}, with a time before or after the name, in brackets or not.
 *
 * @param speaker the name
 * @param time as it stands there
 * @param rest of the line
 */
record Label(String speaker, Optional<String> time, String rest) {

    private static final String CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?";
    private static final String TIME =
            "(?:\\d{4}-\\d{2}-\\d{2}[T ]" + CLOCK + "(?:Z|[+-]\\d{2}:?\\d{2})?|" + CLOCK + ")";
    private static final String NAME =
            "[\\p{L}][\\p{L}\\p{M}\\p{N}._'’-]*(?: [\\p{L}\\p{N}(][\\p{L}\\p{M}\\p{N}._'’)-]*){0,3}";
    private static final Pattern LINE = Pattern.compile("^\\s*(?:[\\[(]?(?<before>" + TIME + ")[\\])]?\\s*(?:-\\s+)?)?"
            + "(?<name>" + NAME + ")"
            + "(?:\\s*[\\[(](?<after>" + TIME + ")[\\])])?"
            + ":(?:\\s+(?<rest>.*))?$");

    private static final int MAX_NAME = 60;

    private static final Set<String> ROLES =
            Set.of("user", "human", "customer", "me", "assistant", "ai", "bot", "chatbot", "agent", "system", "tool");

    /** Words that people write with a colon and that nobody is called. */
    private static final Set<String> NOBODY = Set.of(
            "note",
            "notes",
            "ps",
            "p.s.",
            "todo",
            "warning",
            "example",
            "summary",
            "question",
            "answer",
            "tip",
            "subject",
            "date",
            "time",
            "address",
            "email",
            "e-mail",
            "phone",
            "title",
            "topic",
            "re",
            "fyi",
            "edit",
            "update",
            "ingredients",
            "steps",
            "pros",
            "cons",
            "important",
            "however",
            "also");

    /** The label that a line begins with; empty if it cannot be one. */
    static Optional<Label> of(String line) {
        // No label is longer: a long line without one is not looked at by the pattern.
        if (!line.substring(0, Math.min(line.length(), 2 * MAX_NAME)).contains(":")) {
            return Optional.empty();
        }
        var found = LINE.matcher(line);
        if (!found.matches() || found.group("name").length() > MAX_NAME) {
            return Optional.empty();
        }
        var time = found.group("before") == null ? found.group("after") : found.group("before");
        var rest = found.group("rest");
        return Optional.of(new Label(found.group("name"), Optional.ofNullable(time), rest == null ? "" : rest));
    }

    /** The name, whatever its case. */
    String key() {
        return speaker.toLowerCase(Locale.ROOT);
    }

    /** Whether it is a speaker's wherever it stands. */
    boolean isCertain() {
        return time.isPresent() || ROLES.contains(key());
    }

    /** Whether it looks like somebody's name, which may have a {@code van der} in it. */
    boolean isName() {
        return !NOBODY.contains(key())
                && Character.isUpperCase(speaker.codePointAt(0))
                && Character.isUpperCase(speaker.codePointAt(speaker.lastIndexOf(' ') + 1));
    }
}
