package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.schemas.InteractionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one job and collects what is wrong with them, so that all of it is said at once. One thread. */
final class JobFields {

    private static final int LONGEST_QUOTE = 64;

    private final JsonNode job;
    private final List<String> problems = new ArrayList<>();

    JobFields(JsonNode job) {
        this.job = job;
    }

    void wrong(String field, String message) {
        problems.add(field + ": " + message);
    }

    List<String> problems() {
        return problems;
    }

    /** A text or a whole number; null if it is missing, null or empty. */
    String id(String field) {
        var value = job.path(field);
        if (isMissing(value)) {
            return null;
        }
        if (!value.isString() && !value.isIntegralNumber()) {
            wrong(field, "got " + quoted(value) + ", takes a text");
            return null;
        }
        return checkedId(field, value.asString());
    }

    /** The id, if it is one; null and a problem if not. */
    String checkedId(String field, String id) {
        var bytes = Utils.utf8Length(id);
        if (bytes > InteractionLimits.MAX_ID_BYTES) {
            wrong(field, "got " + bytes + " bytes, takes 1 to " + InteractionLimits.MAX_ID_BYTES + " bytes of text");
            return null;
        }
        return isWellFormed(field, id) ? id : null;
    }

    /** A text that says something; null if it is missing, null or blank. */
    String content(String field, int maxBytes) {
        var value = job.path(field);
        if (isMissing(value)) {
            return null;
        }
        if (!value.isString()) {
            wrong(field, "got a JSON value that is no text, takes a text");
            return null;
        }
        var text = value.stringValue();
        var bytes = Utils.utf8Length(text);
        if (bytes > maxBytes) {
            wrong(field, "got " + bytes + " bytes, takes up to " + maxBytes);
            return null;
        }
        return text.isBlank() || !isWellFormed(field, text) ? null : text;
    }

    /** A time; null if it is missing, null or empty. */
    Instant time(String field) {
        var value = job.path(field);
        if (isMissing(value)) {
            return null;
        }
        var time = value.isString() ? JobTime.parse(value.stringValue()).orElse(null) : null;
        if (time == null) {
            wrong(
                    field,
                    "got " + quoted(value)
                            + ", takes ISO-8601, such as 2026-05-02T10:00:00Z; without a zone it is UTC");
            return null;
        }
        if (!InteractionLimits.isPlausible(time)) {
            wrong(
                    field,
                    "got " + quoted(value) + ", takes a time from " + InteractionLimits.EARLIEST + " to "
                            + InteractionLimits.LATEST);
            return null;
        }
        return time;
    }

    /** Half of a surrogate pair has no UTF-8: two different texts would become one. */
    boolean isWellFormed(String field, String text) {
        // An encoder may not be shared, and plain ASCII needs none.
        if (Utils.utf8Length(text) == text.length()
                || StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return true;
        }
        wrong(field, "holds half of a surrogate pair, takes well-formed Unicode");
        return false;
    }

    static boolean isMissing(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isString() && value.stringValue().isEmpty();
    }

    static String quoted(JsonNode value) {
        var text = value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
