package io.memoryreflector.reflection.model.http;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an endpoint says of an error, as far as it says it in one of the usual forms.
 *
 * @param code such as {@code insufficient_quota}; may be empty
 * @param parameter of the request that it is about; may be empty
 * @param message in words, cut; the beginning of the body where it has no known form
 */
public record ErrorBody(String code, String parameter, String message) {

    private static final int LONGEST_MESSAGE = 500;

    private static final JsonMapper JSON = new JsonMapper();

    /** Reads {@code {"error":{…}}}, {@code {"error":"…"}}, {@code {"message":"…"}} or anything else. */
    static ErrorBody of(String body) {
        try {
            var root = JSON.readTree(body);
            var error = root.path("error").isObject() ? root.path("error") : root;
            var code = text(error, "code").isEmpty() ? text(error, "type") : text(error, "code");
            var message = text(error, "message").isEmpty() ? text(error, "error") : text(error, "message");
            return new ErrorBody(code, text(error, "param"), cut(message.isEmpty() ? body : message));
        } catch (JacksonException e) {
            return new ErrorBody("", "", cut(body));
        }
    }

    /** Whether code, parameter or message hold the text; upper and lower case are the same. */
    public boolean mentions(String text) {
        return (code + " " + parameter + " " + message).toLowerCase(Locale.ROOT).contains(text);
    }

    @Override
    public String toString() {
        return (code.isEmpty() ? "" : " (" + code + ")") + (message.isBlank() ? "" : ": " + message);
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    private static String cut(String text) {
        var oneLine = text.strip().replaceAll("\\s++", " ");
        return oneLine.length() <= LONGEST_MESSAGE ? oneLine : oneLine.substring(0, LONGEST_MESSAGE);
    }
}
