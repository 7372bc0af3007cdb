package io.memoryreflector.ingest.retries;

import io.memoryreflector.store.status.WaitingRetries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;

/** The objects behind the endpoints. */
@Configuration(proxyBeanMethods = false)
class RetriesConfiguration {

    @Bean
    WaitingRetries waitingRetries(UnifiedJedis redis) {
        return new WaitingRetries(redis);
    }
}
