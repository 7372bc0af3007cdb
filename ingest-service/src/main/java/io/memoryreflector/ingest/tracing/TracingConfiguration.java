package io.memoryreflector.ingest.tracing;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.trace.OtlpTracing;
import io.memoryreflector.schemas.trace.Tracing;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tracing, where the environment names a collector; else requests are not even looked at. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    @Bean(destroyMethod = "close")
    Tracing tracing(Environment environment) {
        return OtlpTracing.from(environment, "ingest-service");
    }

    @Bean
    ObservationRegistryCustomizer<ObservationRegistry> requestSpans(Tracing tracing) {
        return registry -> {
            if (tracing.isOn()) {
                registry.observationConfig().observationHandler(new RequestSpans(tracing));
            }
        };
    }
}
