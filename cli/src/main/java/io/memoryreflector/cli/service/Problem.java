package io.memoryreflector.cli.service;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Why the service refused something: RFC 9457's document.
 *
 * @param status HTTP's
 * @param detail one sentence
 * @param errors what is wrong field by field; empty where no field is to blame
 */
public record Problem(int status, String detail, List<FieldError> errors) {

    /** What is wrong with one field. */
    public record FieldError(String field, String message) {}

    /** Whether it passes by itself, so that the same request may succeed later. */
    public boolean passes() {
        return status == 429 || status >= 502 && status <= 504;
    }

    /** Reads the service's document; what is missing in it is made up from the status. */
    public static Problem of(int status, JsonNode document) {
        var errors = new ArrayList<FieldError>();
        for (var error : document.path("errors")) {
            errors.add(new FieldError(
                    error.path("field").asString(""), error.path("message").asString("")));
        }
        var detail = document.path("detail").asString(document.path("title").asString(""));
        return new Problem(
                document.path("status").asInt(status),
                detail.isEmpty() ? "status " + status + " without a reason: is this address ingest-service's?" : detail,
                List.copyOf(errors));
    }
}
