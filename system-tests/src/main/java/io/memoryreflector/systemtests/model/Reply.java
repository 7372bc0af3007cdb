package io.memoryreflector.systemtests.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP answer with a JSON body. Immutable.
 *
 * @param headers beside the content's type and length
 */
record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Reply of(int status, Object json) {
        return new Reply(status, Map.of(), JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8));
    }

    /** An error as OpenAI tells it. */
    static Reply error(int status, String type, String code, String param, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", message);
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        return of(status, Map.of("error", error));
    }

    Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
