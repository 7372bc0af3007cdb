package io.memoryreflector.ingest.retention;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.store.longterm.Retiring;
import io.memoryreflector.store.retention.Cleaning;
import io.memoryreflector.store.retention.CleaningLease;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.status.KnownStates;
import io.memoryreflector.store.status.StatusBoard;
import java.time.InstantSource;
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
    Cleaning cleaning(
            Driver neo4j,
            UnifiedJedis redis,
            ShortTermMemory shortTerm,
            ServiceSettings settings,
            InstantSource clock) {
        return new Cleaning(
                new Retiring(neo4j, settings.neo4jTimeout()),
                new KnownStates(redis),
                shortTerm,
                StatusBoard.RETENTION,
                clock);
    }

    @Bean
    CleaningLease cleaningLease(UnifiedJedis redis) {
        return new CleaningLease(redis);
    }
}
