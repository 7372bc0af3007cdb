package io.memoryreflector.ingest.mcp;

import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.access.Role;
import io.memoryreflector.ingest.interactions.Entrance;
import io.memoryreflector.ingest.interactions.InteractionRequest;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.JsonProblems;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Hands an interaction over. Its arguments are a write's fields. */
@Component
final class RememberTool implements MemoryTool {

    private final Entrance entrance;
    private final JsonMapper json;

    RememberTool(Entrance entrance, JsonMapper json) {
        this.entrance = entrance;
        this.json = json;
    }

    @Override
    public String name() {
        return "remember";
    }

    @Override
    public String title() {
        return "Remember";
    }

    @Override
    public String description() {
        return "Hands over what was said, so that it is remembered: either 'messages', or 'user_message' with or without"
                + " 'assistant_response'. It is safe once this answers and can be recalled at once; what is learnt from it"
                + " follows within seconds. Pass on what people said word for word rather than your summary of it.";
    }

    @Override
    public ToolAnnotations annotations() {
        return ToolAnnotations.builder()
                .readOnlyHint(false)
                .destructiveHint(false)
                .idempotentHint(false)
                .openWorldHint(false)
                .build();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.WRITE);
    }

    @Override
    public Object call(Map<String, Object> arguments) {
        try {
            var request = json.convertValue(arguments, InteractionRequest.class);
            return entrance.take(request, Source.MCP, CallHeaders.of(null, null));
        } catch (JacksonException mismatch) {
            throw JsonProblems.of(mismatch);
        }
    }
}
