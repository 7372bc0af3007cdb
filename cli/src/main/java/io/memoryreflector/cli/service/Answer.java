package io.memoryreflector.cli.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service answered.
 *
 * @param status HTTP's
 * @param body the bytes as they came
 * @param retryAfter when the service wants to be asked again
 */
public record Answer(int status, byte[] body, Optional<Duration> retryAfter) {

    /** The body as it came, without the white space around it. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8).strip();
    }

    /** The body's JSON; missing where the body is empty or is none. */
    public JsonNode json() {
        try {
            return body.length == 0
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }
}
