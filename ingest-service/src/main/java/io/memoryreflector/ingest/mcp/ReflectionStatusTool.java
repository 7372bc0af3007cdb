package io.memoryreflector.ingest.mcp;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.access.Role;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.status.Statuses;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Says what became of what was handed over. */
@Component
final class ReflectionStatusTool implements MemoryTool {

    private final Statuses statuses;
    private final CurrentCaller caller;

    ReflectionStatusTool(Statuses statuses, CurrentCaller caller) {
        this.statuses = statuses;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "reflection_status";
    }

    @Override
    public String title() {
        return "Reflection status";
    }

    @Override
    public String description() {
        return "What became of one interaction ('interaction_id', as remember gave it), tier by tier, or of all that a user"
                + " sent ('user_id'), by counts: 'pending' 0 means that everything is learnt and can be recalled.";
    }

    @Override
    public ToolAnnotations annotations() {
        return ToolAnnotations.builder().readOnlyHint(true).openWorldHint(false).build();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.READ, Role.WRITE);
    }

    @Override
    public Object call(Map<String, Object> values) {
        var arguments = new Arguments(values);
        var interaction = arguments.text("interaction_id");
        var user = arguments.text("user_id");
        if (interaction.isPresent() == user.isPresent()) {
            throw RequestProblem.parameter("interaction_id", "takes either interaction_id or user_id");
        }
        if (interaction.isPresent()) {
            return statuses.interaction(interaction.get());
        }
        var namespace = caller.get().namespace(arguments.text("namespace").orElse(null));
        return statuses.user(Parameters.user(namespace, user.get()));
    }
}
