package io.memoryreflector.ingest;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The running service's own filters and endpoints, called without a network in between. */
final class InProcess {

    private final MockMvc mvc;

    InProcess(Service service) {
        var context = (WebApplicationContext) service.context();
        this.mvc = MockMvcBuilders.webAppContextSetup(context)
                .<DefaultMockMvcBuilder>addFilters(context.getBean("springSecurityFilterChain", Filter.class))
                .build();
    }

    /** Sends a call and hands its answer to the call's own check. */
    void send(RandomCalls.Call call) throws Exception {
        var request = MockMvcRequestBuilders.request(
                        HttpMethod.valueOf(call.method()), java.net.URI.create(call.path()))
                .contentType(MediaType.APPLICATION_JSON);
        call.headers().forEach(request::header);
        if (call.body() != null) {
            request.content(call.body());
        }
        var answer = mvc.perform(request).andReturn().getResponse();
        call.check(answer.getStatus(), answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
