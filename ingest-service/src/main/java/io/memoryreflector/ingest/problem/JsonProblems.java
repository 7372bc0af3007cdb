package io.memoryreflector.ingest.problem;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What a JSON reader complains about, in the caller's words: which field, what it got, what it takes. */
public final class JsonProblems {

    private static final Pattern VALUE =
            Pattern.compile("\\b(Array|Object|String|Boolean|Null|Number|Integer|Float|Floating-point) value\\b");

    private JsonProblems() {}

    /** 400 with the field that has the wrong type, or with the place at which the JSON ends to be JSON. */
    public static RequestProblem of(JacksonException failure) {
        if (failure instanceof StreamConstraintsException beyond) {
            return RequestProblem.parameter("body", "is more than the service reads: " + limit(beyond));
        }
        var problem = failure instanceof MismatchedInputException mismatch
                ? wrongType(mismatch)
                : new FieldProblem("body", "is not JSON" + place(failure) + ": " + firstLine(failure));
        return RequestProblem.invalid(HttpStatus.BAD_REQUEST, List.of(problem));
    }

    /** In the words of the reader, without the name of the class whose setting it is. */
    private static String limit(StreamConstraintsException beyond) {
        return firstLine(beyond).replaceFirst(" ?\\(?`?,? ?from `.*", "");
    }

    private static FieldProblem wrongType(MismatchedInputException failure) {
        return new FieldProblem(path(failure), "got " + got(failure) + ", takes " + name(failure.getTargetType()));
    }

    /** The reader is closed by now and has forgotten where it stood; its message still says it. */
    private static String got(MismatchedInputException failure) {
        var found = VALUE.matcher(failure.getOriginalMessage());
        if (!found.find()) {
            return "another type";
        }
        return switch (found.group(1)) {
            case "Array" -> "an array";
            case "Object" -> "an object";
            case "String" -> "a text";
            case "Boolean" -> "true or false";
            case "Null" -> "null";
            default -> "a number";
        };
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
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another type";
    }
}
