package io.memoryreflector.ingest.mem0;

import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose memories a request is about: one user's, or those of one run of theirs. What would narrow it further is refused
 * rather than overlooked, since more would be shown or deleted than was meant.
 *
 * @param runId the session
 */
record Scope(String userId, Optional<String> runId) {

    private static final String USER = "user_id";
    private static final String RUN = "run_id";
    private static final String AND = "AND";
    private static final String TAKES = "takes user_id and run_id, or AND with a list of them";

    /**
     * The scope that names and filters together give.
     *
     * @param named by name; null where it is not given
     * @param filters as mem0 takes them; null without any
     * @throws RequestProblem 400 that names what cannot be
     */
    static Scope of(Map<String, ?> named, Map<String, ?> filters) {
        var found = new LinkedHashMap<String, String>();
        collect("", named, found);
        if (filters != null) {
            collect("filters.", filters, found);
        }
        if (!found.containsKey(USER)) {
            throw RequestProblem.parameter(USER, "is missing, takes a text, in filters or beside them");
        }
        return new Scope(found.get(USER), Optional.ofNullable(found.get(RUN)));
    }

    /** Whose they are, in the caller's namespace. */
    UserKey in(String namespace) {
        return Parameters.user(namespace, userId);
    }

    private static void collect(String path, Map<String, ?> given, Map<String, String> found) {
        given.forEach((name, value) -> {
            var field = path + name;
            if (value == null) {
                return;
            }
            if (AND.equals(name) && value instanceof Collection<?> all) {
                all.forEach(one -> collect(field + ".", object(field, one), found));
            } else if (!USER.equals(name) && !RUN.equals(name)) {
                throw RequestProblem.parameter(field, "is no filter here, " + TAKES);
            } else if (!(value instanceof String text) || text.isEmpty()) {
                throw RequestProblem.parameter(field, "takes a text");
            } else if (!text.equals(found.getOrDefault(name, text))) {
                throw RequestProblem.parameter(field, "names a second one, takes one");
            } else {
                found.put(name, text);
            }
        });
    }

    @SuppressWarnings("unchecked") // an object of JSON has texts for keys
    private static Map<String, ?> object(String field, Object value) {
        if (value instanceof Map<?, ?> object) {
            return (Map<String, ?>) object;
        }
        throw RequestProblem.parameter(field, "takes a list of objects; " + TAKES);
    }
}
