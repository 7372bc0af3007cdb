package io.memoryreflector.ingest;

import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import jakarta.servlet.Filter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The running service's own filters, endpoints and tools, called without a network in between. */
final class InProcess {

    private final WebApplicationContext context;
    private final Filter access;
    private final HttpServletStatelessServerTransport tools;
    private final MockMvc endpoints;

    InProcess(Service service) {
        this.context = (WebApplicationContext) service.context();
        this.access = context.getBean("springSecurityFilterChain", Filter.class);
        this.tools = context.getBean(HttpServletStatelessServerTransport.class);
        this.endpoints = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(access)
                .build();
    }

    /** Sends a call and hands its answer to the call's own check. */
    void send(RandomCalls.Call call) throws Exception {
        var target = call.request();
        var request = MockMvcRequestBuilders.request(HttpMethod.valueOf(target.method()), URI.create(target.path()))
                .contentType(MediaType.APPLICATION_JSON);
        call.headers().forEach(request::header);
        if (target.body() != null) {
            request.content(target.body());
        }
        var answer = target.isOfATool()
                ? ofTools(request.header(HttpHeaders.ACCEPT, target.accept()))
                : endpoints.perform(request).andReturn().getResponse();
        call.check(answer.getStatus(), answer.getContentAsString(StandardCharsets.UTF_8));
    }

    /** The tools are a servlet beside the framework's. */
    private MockHttpServletResponse ofTools(MockHttpServletRequestBuilder builder) throws Exception {
        var answer = new MockHttpServletResponse();
        var request = builder.buildRequest(context.getServletContext());
        request.setServletPath(request.getRequestURI());
        new MockFilterChain(tools, access).doFilter(request, answer);
        return answer;
    }
}
