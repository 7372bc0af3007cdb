package io.memoryreflector.ingest.retention;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.store.longterm.Retiring;
import io.memoryreflector.store.retention.Cleaning;
import io.memoryreflector.store.retention.CleaningLease;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.KnownStates;
import io.memoryreflector.store.status.StatusBoard;
import java.time.InstantSource;
import java.util.function.BiFunction;
import org.neo4j.driver.Driver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;

/** The settings, and the store's cleaning over this service's clients. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {

    @Bean
    RetentionSettings retentionSettings(Environment environment) {
        return RetentionSettings.from(environment);
    }

    @Bean
    Cleaning cleaning(Driver neo4j, UnifiedJedis redis, BiFunction<Driver, UnifiedJedis, Cleaning> cleanings) {
        return cleanings.apply(neo4j, redis);
    }

    /** Of the graph that a driver is about, and of a database of Redis. */
    @Bean
    BiFunction<Driver, UnifiedJedis, Cleaning> cleanings(ServiceSettings settings, InstantSource clock) {
        return (graph, redis) -> new Cleaning(
                new Retiring(graph, settings.neo4jTimeout()),
                new KnownStates(redis),
                new ShortTermMemory(redis, ShortTermSettings.standard()),
                StatusBoard.RETENTION,
                clock);
    }

    @Bean
    CleaningLease cleaningLease(UnifiedJedis redis) {
        return new CleaningLease(redis);
    }
}
