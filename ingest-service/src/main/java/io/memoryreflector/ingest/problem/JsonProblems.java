package io.memoryreflector.ingest.problem;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;

/** What a JSON reader complains about, in the caller's words: which field, what it got, what it takes. */
public final class JsonProblems {

    private JsonProblems() {}

    /** 400 with the field that has the wrong type, or with the place at which the JSON ends to be JSON. */
    public static RequestProblem of(JacksonException failure) {
        var problem = failure instanceof MismatchedInputException mismatch
                ? wrongType(mismatch)
                : new FieldProblem("body", "is not JSON" + place(failure) + ": " + firstLine(failure));
        return RequestProblem.invalid(HttpStatus.BAD_REQUEST, List.of(problem));
    }

    private static FieldProblem wrongType(MismatchedInputException failure) {
        var got = failure.processor() instanceof JsonParser parser ? name(token(parser)) : "another type";
        return new FieldProblem(path(failure), "got " + got + ", takes " + name(failure.getTargetType()));
    }

    /** The reader is closed by now; it still knows where it stood. */
    private static JsonToken token(JsonParser parser) {
        return parser.currentToken() == null ? parser.getLastClearedToken() : parser.currentToken();
    }

    private static String path(JacksonException failure) {
        var path = new StringBuilder();
        for (var reference : failure.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String place(JacksonException failure) {
        var location = failure.getLocation();
        return location == null || location.getLineNr() < 0
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(JacksonException failure) {
        return failure.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String name(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "another type";
        };
    }

    private static String name(Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (CharSequence.class.isAssignableFrom(type) || Temporal.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another type";
    }
}
