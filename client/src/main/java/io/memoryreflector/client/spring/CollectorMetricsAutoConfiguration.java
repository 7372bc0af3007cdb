package io.memoryreflector.client.spring;

import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.micrometer.CollectorMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The meters of the {@link MemoryCollector}, where Micrometer is there. */
@AutoConfiguration(after = MemoryCollectorAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
public class CollectorMetricsAutoConfiguration {

    @Bean
    @ConditionalOnBean(MemoryCollector.class)
    @ConditionalOnMissingBean
    CollectorMetrics collectorMetrics(MemoryCollector collector) {
        return new CollectorMetrics(collector);
    }
}
