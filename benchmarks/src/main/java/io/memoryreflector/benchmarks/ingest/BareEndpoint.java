package io.memoryreflector.benchmarks.ingest;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Spring's web server with the threads of ingest-service, which reads a body, answers 202 and does nothing. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareEndpoint {

    /** Takes the port as its argument; ends with its process. */
    public static void main(String[] args) {
        start(BareEndpoint.class, args[0], Map.of());
    }

    /**
     * Starts an endpoint with the threads of ingest-service.
     *
     * @param properties of its own
     */
    public static void start(Class<?> configuration, String port, Map<String, Object> properties) {
        var all = new HashMap<String, Object>(Map.of(
                "server.address",
                "127.0.0.1",
                "server.port",
                port,
                "spring.threads.virtual.enabled",
                true,
                "server.tomcat.threads.max",
                200,
                "server.tomcat.max-connections",
                4096,
                "server.tomcat.max-keep-alive-requests",
                -1,
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "warn"));
        all.putAll(properties);
        var application = new SpringApplication(configuration);
        application.setDefaultProperties(all);
        application.run();
    }

    @Bean
    RouterFunction<ServerResponse> taken() {
        return RouterFunctions.route()
                .POST("/api/v1/interactions", request -> {
                    request.body(byte[].class);
                    return ServerResponse.status(HttpStatus.ACCEPTED).body(Map.of("status", "queued_reflection"));
                })
                .build();
    }
}
