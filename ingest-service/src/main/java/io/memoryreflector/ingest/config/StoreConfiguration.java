package io.memoryreflector.ingest.config;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Duration;
import java.time.InstantSource;
import org.neo4j.driver.Driver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;

/** The memory store's objects over this service's clients, and the embeddings of queries. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Duration STATUS_RETENTION = Duration.ofDays(90);
    private static final long RECALL_BYTES = 256L << 20;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean(destroyMethod = "close")
    UnifiedJedis redis(ServiceSettings settings) {
        return RedisConnection.open(settings.redisUrl(), settings.redisTimeout());
    }

    @Bean(destroyMethod = "close")
    Driver neo4j(ServiceSettings settings) {
        return Neo4jConnection.open(
                settings.neo4jUrl().toString(),
                settings.neo4jUser(),
                settings.neo4jPassword(),
                settings.neo4jTimeout());
    }

    @Bean
    LongTermMemory longTermMemory(Driver neo4j, ServiceSettings settings) {
        return new LongTermMemory(neo4j, settings.neo4jTimeout());
    }

    @Bean
    ShortTermMemory shortTermMemory(UnifiedJedis redis) {
        return new ShortTermMemory(redis, ShortTermSettings.standard());
    }

    @Bean
    StatusBoard statusBoard(UnifiedJedis redis, LongTermMemory longTerm, InstantSource clock) {
        return new StatusBoard(redis, longTerm, STATUS_RETENTION, clock);
    }

    @Bean
    Recall recall(LongTermMemory longTerm) {
        return new Recall(longTerm, RECALL_BYTES);
    }

    /** Loads the model now rather than at the first recall. */
    @Bean
    Embedder embedder() {
        var embedder = new MiniLmEmbedder();
        embedder.embed("Warm.");
        return embedder;
    }
}
