package io.memoryreflector.ingest.mcp;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Problems;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.problem.StoreFailures;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Calls tools and says how it went, a failure in words that tell an assistant what to do. Thread-safe. */
final class ToolCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);

    private final CurrentCaller caller;
    private final JsonMapper json;

    ToolCalls(CurrentCaller caller, JsonMapper json) {
        this.caller = caller;
        this.json = json;
    }

    CallToolResult call(MemoryTool tool, Map<String, Object> arguments) {
        if (tool.roles().stream().noneMatch(caller.get()::has)) {
            return failed("This credential may not use '" + tool.name() + "', which takes one with the role "
                    + tool.roles().stream()
                            .map(role -> role.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .collect(Collectors.joining(" or "))
                    + ".");
        }
        try {
            var text = json.writeValueAsString(tool.call(arguments == null ? Map.of() : arguments));
            return CallToolResult.builder()
                    .addTextContent(text)
                    .structuredContent(json.readValue(text, Map.class))
                    .isError(false)
                    .build();
        } catch (RequestProblem problem) {
            return failed(words(problem));
        } catch (RuntimeException failure) {
            return failed(
                    StoreFailures.problem(failure).map(ToolCalls::words).orElseGet(() -> unexpected(tool, failure)));
        }
    }

    private static CallToolResult failed(String words) {
        return CallToolResult.builder().addTextContent(words).isError(true).build();
    }

    private static String words(RequestProblem problem) {
        var what = problem.errors().isEmpty()
                ? problem.getMessage()
                : problem.errors().stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
        return problem.retryAfter()
                .map(after -> what + " Call again in " + Problems.seconds(after) + " s.")
                .orElse(what);
    }

    private static String unexpected(MemoryTool tool, RuntimeException failure) {
        var incident = UUID.randomUUID();
        LOG.error("unexpected failure of tool {}, incident {}", tool.name(), incident, failure);
        return "Unexpected failure. The service's log has it as incident " + incident + ".";
    }
}
