package io.memoryreflector.ingest.mcp;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server behind {@code /mcp}: streamable HTTP without sessions, so that any instance answers any request. Who calls,
 * from where and how often is decided by the service's own filters, before this.
 */
@Configuration(proxyBeanMethods = false)
class McpConfiguration {

    private static final String PATH = "/mcp";

    @Bean
    HttpServletStatelessServerTransport mcpTransport(ServiceSettings settings) {
        return HttpServletStatelessServerTransport.builder()
                .jsonMapper(protocolJson())
                .messageEndpoint(PATH)
                .maxRequestSize(settings.limits().requestBytes())
                .build();
    }

    @Bean
    ServletRegistrationBean<HttpServletStatelessServerTransport> mcpServlet(
            HttpServletStatelessServerTransport transport, McpStatelessSyncServer server) {
        var servlet = new ServletRegistrationBean<>(transport, PATH);
        servlet.setName("mcp");
        return servlet;
    }

    @Bean(destroyMethod = "close")
    McpStatelessSyncServer mcpServer(
            HttpServletStatelessServerTransport transport,
            List<MemoryTool> tools,
            CurrentCaller caller,
            JsonMapper json) {
        var calls = new ToolCalls(caller, json);
        return McpServer.sync(transport)
                .serverInfo("memory-reflector", "1")
                .instructions("Long-term memory of users. Recall before you answer; remember what was said afterwards.")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(protocolJson())
                // On the request's own thread, which knows the caller.
                .immediateExecution(true)
                .validateToolInputs(true)
                .tools(tools.stream().map(tool -> specification(tool, calls)).toList())
                .build();
    }

    private static SyncToolSpecification specification(MemoryTool tool, ToolCalls calls) {
        return SyncToolSpecification.builder()
                .tool(Tool.builder(tool.name(), protocolJson(), schema(tool.name()))
                        .title(tool.title())
                        .description(tool.description())
                        .annotations(tool.annotations())
                        .build())
                .callHandler((context, request) -> calls.call(tool, request.arguments()))
                .build();
    }

    /** The protocol's names are its own: nothing of how this service writes JSON. */
    private static McpJsonMapper protocolJson() {
        return new JacksonMcpJsonMapper(JsonMapper.shared());
    }

    private static String schema(String tool) {
        try (var file = MemoryTool.class.getResourceAsStream(tool + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
