package io.memoryreflector.ingest.amendments;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.store.longterm.Amendments;
import org.neo4j.driver.Driver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What was changed of memories, as the graph has it. */
@Configuration(proxyBeanMethods = false)
class AmendmentsConfiguration {

    @Bean
    Amendments amendments(Driver neo4j, ServiceSettings settings) {
        return new Amendments(neo4j, settings.neo4jTimeout());
    }
}
