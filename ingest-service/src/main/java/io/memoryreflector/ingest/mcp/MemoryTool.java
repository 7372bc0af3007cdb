package io.memoryreflector.ingest.mcp;

import io.memoryreflector.ingest.access.Role;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Map;
import java.util.Set;

/** One tool. What it is called with has passed its schema {@code <name>.json}. Thread-safe. */
interface MemoryTool {

    /** Its name, as assistants call it. */
    String name();

    /** For people. */
    String title();

    /** For assistants: what it does and when to use it. */
    String description();

    /** Whether it changes something, for clients that ask people first. */
    ToolAnnotations annotations();

    /** Any of these lets a caller use it. */
    Set<Role> roles();

    /**
     * Does it for the calling thread's caller.
     *
     * @return what becomes the answer's JSON
     * @throws RuntimeException as an endpoint does; the caller is told in words
     */
    Object call(Map<String, Object> arguments);
}
