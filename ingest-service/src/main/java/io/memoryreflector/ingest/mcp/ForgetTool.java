package io.memoryreflector.ingest.mcp;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.access.Role;
import io.memoryreflector.ingest.erasures.Forgetting;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Has a memory, an interaction, a session or all of a user forgotten. */
@Component
final class ForgetTool implements MemoryTool {

    private final Forgetting forgetting;
    private final LongTermMemory memories;
    private final CurrentCaller caller;

    ForgetTool(Forgetting forgetting, LongTermMemory memories, CurrentCaller caller) {
        this.forgetting = forgetting;
        this.memories = memories;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "forget";
    }

    @Override
    public String title() {
        return "Forget";
    }

    @Override
    public String description() {
        return "Forgets something of a user for good: exactly one of 'memory_id', 'interaction_id', 'session_id', or"
                + " 'everything': true. It cannot be undone: ask the user first. It is gone within seconds.";
    }

    @Override
    public ToolAnnotations annotations() {
        return ToolAnnotations.builder()
                .readOnlyHint(false)
                .destructiveHint(true)
                .idempotentHint(true)
                .openWorldHint(false)
                .build();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.ADMIN);
    }

    @Override
    public Object call(Map<String, Object> values) {
        var arguments = new Arguments(values);
        var namespace = caller.get().namespace(arguments.text("namespace").orElse(null));
        var user = Parameters.user(namespace, arguments.required("user_id"));
        var memory = arguments.text("memory_id");
        var interaction = arguments.text("interaction_id");
        var session = arguments.text("session_id");
        var everything = arguments.isTrue("everything");
        var named = Stream.of(memory.isPresent(), interaction.isPresent(), session.isPresent(), everything)
                .filter(Boolean::booleanValue)
                .count();
        if (named != 1) {
            throw RequestProblem.parameter(
                    "memory_id",
                    "got " + named
                            + " things to forget, takes one of memory_id, interaction_id, session_id or everything");
        }
        if (memory.isPresent()) {
            memories.memory(memory.get())
                    .filter(found -> found.user().equals(user))
                    .orElseThrow(() -> RequestProblem.of(
                            HttpStatus.NOT_FOUND, "memory_id: got '" + memory.get() + "', which is none of this user"));
            return forget(user, ErasureScope.MEMORY, memory.get());
        }
        if (interaction.isPresent()) {
            return forget(user, ErasureScope.INTERACTION, interaction.get());
        }
        return session.isPresent()
                ? forget(user, ErasureScope.SESSION, session.get())
                : forget(user, ErasureScope.USER, null);
    }

    private Map<String, Object> forget(UserKey user, ErasureScope scope, String targetId) {
        var erasure = forgetting.forget(user, scope, targetId, null, Optional.empty());
        return Map.of("status", "forgetting", "erasure_id", erasure.getErasureId());
    }
}
