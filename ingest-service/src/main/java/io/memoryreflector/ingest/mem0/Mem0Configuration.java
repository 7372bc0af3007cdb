package io.memoryreflector.ingest.mem0;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.store.longterm.CurrentMemories;
import org.neo4j.driver.Driver;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** What mem0's shape needs beside the rest. */
@Configuration(proxyBeanMethods = false)
class Mem0Configuration {

    static final String PATH = "/compat/mem0";

    @Bean
    CurrentMemories currentMemories(Driver neo4j, ServiceSettings settings) {
        return new CurrentMemories(neo4j, settings.neo4jTimeout());
    }

    /** Its clients end their paths with a slash. Taken away before anybody looks, so that rules and endpoints see one path. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> mem0Slashes() {
        var filter = new FilterRegistrationBean<>(UrlHandlerFilter.trailingSlashHandler(PATH + "/**")
                .wrapRequest()
                .build());
        filter.addUrlPatterns(PATH + "/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
