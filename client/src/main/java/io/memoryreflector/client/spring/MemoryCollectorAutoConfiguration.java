package io.memoryreflector.client.spring;

import io.memoryreflector.client.CollectorListener;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.Target;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A {@link MemoryCollector} where {@code memory-reflector.client.url} or {@code .bootstrap-servers} is set or a
 * {@link Target} is there, with all {@link CollectorListener}s. Whatever the application defines itself is taken in its
 * place.
 */
@AutoConfiguration
@EnableConfigurationProperties(CollectorProperties.class)
public class MemoryCollectorAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    static class Targets {

        @Bean
        @ConditionalOnMissingBean(Target.class)
        @ConditionalOnProperty(prefix = CollectorProperties.PREFIX, name = "url")
        Target memoryService(CollectorProperties properties) {
            return properties.target();
        }

        @Bean
        @ConditionalOnMissingBean(Target.class)
        @ConditionalOnProperty(prefix = CollectorProperties.PREFIX, name = "bootstrap-servers")
        Target memoryLog(CollectorProperties properties) {
            return properties.target();
        }
    }

    @Bean
    @ConditionalOnMissingBean
    CollectorSettings collectorSettings(CollectorProperties properties) {
        return properties.settings();
    }

    @Bean
    @ConditionalOnBean(Target.class)
    @ConditionalOnMissingBean
    MemoryCollector memoryCollector(
            Target target, CollectorSettings settings, ObjectProvider<CollectorListener> listeners) {
        return MemoryCollector.start(target, settings, listeners.orderedStream().toArray(CollectorListener[]::new));
    }
}
