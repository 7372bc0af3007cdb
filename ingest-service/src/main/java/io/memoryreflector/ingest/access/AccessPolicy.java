package io.memoryreflector.ingest.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What each role may do: the table below, and nothing that is not in it. Paths are matched as the framework matches
 * them to endpoints. Whose data it is about is decided elsewhere, by {@link Caller}. Thread-safe.
 */
final class AccessPolicy implements AuthorizationManager<RequestAuthorizationContext> {

    /** Who may. */
    enum Who {
        ANYBODY,
        READER,
        WRITER,
        READER_OR_WRITER,
        ADMIN,
        /** An admin of all namespaces, since what it shows is of all. */
        OPERATOR;

        private boolean includes(Caller caller) {
            return switch (this) {
                case ANYBODY -> true;
                case READER -> caller.has(Role.READ);
                case WRITER -> caller.has(Role.WRITE);
                case READER_OR_WRITER -> caller.has(Role.READ) || caller.has(Role.WRITE);
                case ADMIN -> caller.has(Role.ADMIN);
                case OPERATOR -> caller.isOperator();
            };
        }
    }

    private static final List<Entry> TABLE = List.of(
            // Writing
            post("/api/v1/interactions", Who.WRITER),
            post("/api/v1/interactions:batch", Who.WRITER),
            post("/api/v1/users/{user}/sessions/{session}:end", Who.WRITER),
            post("/api/memory/{vectorstore_name}/store_raw", Who.WRITER),
            // What became of it
            get("/api/v1/interactions/{id}", Who.READER_OR_WRITER),
            get("/api/v1/users/{user}/status", Who.READER_OR_WRITER),
            get("/api/memory/{vectorstore_name}/processing_status", Who.READER_OR_WRITER),
            // Reading
            get("/api/v1/users/{user}/recall", Who.READER),
            get("/api/v1/users/{user}/memories", Who.READER),
            get("/api/v1/users/{user}/graph", Who.READER),
            get("/api/v1/users/{user}/export", Who.READER),
            get("/api/v1/memories/{id}", Who.READER),
            get("/api/memory/{vectorstore_name}/hierarchy", Who.READER),
            get("/api/memory/{vectorstore_name}/session/{session_id}", Who.READER),
            get("/api/memory/{vectorstore_name}/stats", Who.READER),
            // Tools, each of which asks for its own role
            post("/mcp", Who.READER_OR_WRITER),
            get("/mcp", Who.READER_OR_WRITER),
            delete("/mcp", Who.READER_OR_WRITER),
            // Forgetting
            delete("/api/v1/users/{user}", Who.ADMIN),
            delete("/api/v1/users/{user}/sessions/{session}", Who.ADMIN),
            delete("/api/v1/users/{user}/sources/{source}", Who.ADMIN),
            delete("/api/v1/interactions/{id}", Who.ADMIN),
            delete("/api/v1/memories/{id}", Who.ADMIN),
            // Changing what is remembered
            post("/api/v1/memories/{id}:release", Who.ADMIN),
            post("/api/v1/memories/{id}:hold", Who.ADMIN),
            // The same in mem0's shape
            get("/compat/mem0/v1/ping", Who.READER_OR_WRITER),
            post("/compat/mem0/memories", Who.WRITER),
            post("/compat/mem0/v3/memories/add", Who.WRITER),
            get("/compat/mem0/v1/event/{id}", Who.READER_OR_WRITER),
            post("/compat/mem0/search", Who.READER),
            post("/compat/mem0/v3/memories/search", Who.READER),
            get("/compat/mem0/memories", Who.READER),
            get("/compat/mem0/v1/memories", Who.READER),
            post("/compat/mem0/v3/memories", Who.READER),
            get("/compat/mem0/memories/{id}", Who.READER),
            get("/compat/mem0/v1/memories/{id}", Who.READER),
            get("/compat/mem0/memories/{id}/history", Who.READER),
            get("/compat/mem0/v1/memories/{id}/history", Who.READER),
            put("/compat/mem0/memories/{id}", Who.ADMIN),
            put("/compat/mem0/v1/memories/{id}", Who.ADMIN),
            delete("/compat/mem0/memories/{id}", Who.ADMIN),
            delete("/compat/mem0/v1/memories/{id}", Who.ADMIN),
            delete("/compat/mem0/memories", Who.ADMIN),
            delete("/compat/mem0/v1/memories", Who.ADMIN),
            post("/api/memory/{vectorstore_name}/cleanup", Who.ADMIN),
            // What could not be processed
            get("/api/v1/dead-letters", Who.ADMIN),
            get("/api/v1/dead-letters/{id}", Who.ADMIN),
            post("/api/v1/dead-letters/{id}:replay", Who.ADMIN),
            post("/api/v1/dead-letters:replay", Who.ADMIN),
            post("/api/v1/dead-letters/{id}:discard", Who.ADMIN),
            post("/api/v1/dead-letters:discard", Who.ADMIN),
            get("/api/v1/replay-jobs/{job_id}", Who.ADMIN),
            get("/api/v1/retries", Who.ADMIN),
            post("/api/v1/retries:now", Who.ADMIN),
            // How reflection does, over all namespaces
            get("/api/reflection/health", Who.OPERATOR),
            get("/api/reflection/stats", Who.OPERATOR),
            get("/api/reflection/queue-status", Who.OPERATOR),
            get("/api/v1/pipeline", Who.OPERATOR),
            get("/api/v1/pipeline/stream", Who.OPERATOR),
            // Building a projection anew, and comparing it
            post("/api/v1/rebuilds", Who.OPERATOR),
            get("/api/v1/rebuilds", Who.OPERATOR),
            get("/api/v1/rebuilds/{rebuild_id}", Who.OPERATOR),
            get("/api/v1/dumps/{target}", Who.OPERATOR),
            // Reflecting again
            get("/api/v1/shadows", Who.OPERATOR),
            get("/api/v1/shadows/{shadow}", Who.OPERATOR),
            get("/api/v1/shadows/{shadow}/comparison", Who.OPERATOR),
            post("/api/v1/shadows/{shadow}:promote", Who.OPERATOR),
            delete("/api/v1/shadows/{shadow}", Who.OPERATOR),
            // The service itself: probes say no more than up or down
            get("/actuator/health/liveness", Who.ANYBODY),
            get("/actuator/health/readiness", Who.ANYBODY),
            get("/actuator", Who.OPERATOR),
            get("/actuator/health/**", Who.OPERATOR),
            get("/actuator/info", Who.OPERATOR),
            get("/actuator/prometheus", Who.OPERATOR),
            // The API's description, which holds no data
            get("/v3/api-docs/**", Who.ANYBODY),
            get("/v3/api-docs.yaml", Who.ANYBODY),
            get("/swagger-ui.html", Who.ANYBODY),
            get("/swagger-ui/**", Who.ANYBODY),
            // The page, which asks for a key itself
            get("/", Who.ANYBODY),
            get("/index.html", Who.ANYBODY),
            get("/favicon.svg", Who.ANYBODY),
            get("/assets/**", Who.ANYBODY),
            new Entry(null, "/error", Who.ANYBODY));

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends Authentication> caller, RequestAuthorizationContext context) {
        var entry = entry(context.getRequest());
        if (entry != null && entry.who == Who.ANYBODY) {
            return new AuthorizationDecision(true);
        }
        // Throws where nobody is known, so that they are asked who they are before they are told what they may not.
        var known = caller.get();
        var granted = entry != null
                && known instanceof AuthenticatedCaller authenticated
                && entry.who.includes(authenticated.getPrincipal());
        return new AuthorizationDecision(granted);
    }

    /** The entry that a request falls under; null is nobody's. */
    Entry entry(HttpServletRequest request) {
        return TABLE.stream()
                .filter(entry -> entry.matches(request))
                .findFirst()
                .orElse(null);
    }

    private static Entry get(String path, Who who) {
        return new Entry(HttpMethod.GET, path, who);
    }

    private static Entry post(String path, Who who) {
        return new Entry(HttpMethod.POST, path, who);
    }

    private static Entry put(String path, Who who) {
        return new Entry(HttpMethod.PUT, path, who);
    }

    private static Entry delete(String path, Who who) {
        return new Entry(HttpMethod.DELETE, path, who);
    }

    /**
     * A line of the table.
     *
     * @param method GET stands for HEAD too; null is any
     */
    record Entry(HttpMethod method, PathPatternRequestMatcher path, Who who) {

        Entry(HttpMethod method, String path, Who who) {
            this(method, PathPatternRequestMatcher.withDefaults().matcher(path), who);
        }

        boolean matches(HttpServletRequest request) {
            var asked = HttpMethod.valueOf(request.getMethod());
            return (method == null || method.equals(asked.equals(HttpMethod.HEAD) ? HttpMethod.GET : asked))
                    && path.matches(request);
        }
    }
}
