package io.memoryreflector.ingest.config;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.store.connection.RedisConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallSettings;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import io.memoryreflector.store.status.StatusSettings;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;

/** The memory store's objects over this service's clients, and the embeddings of queries. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int NEO4J_CONNECTIONS = 32;
    private static final int NEO4J_RETRIES_MS = 1_000;

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
        var timeout = settings.neo4jTimeout().toMillis();
        return GraphDatabase.driver(
                settings.neo4jUrl(),
                auth(settings),
                Config.builder()
                        .withConnectionTimeout(timeout, TimeUnit.MILLISECONDS)
                        .withConnectionAcquisitionTimeout(timeout, TimeUnit.MILLISECONDS)
                        // Whoever asks is waiting: an answer that says no at once is worth more than a late one.
                        .withMaxTransactionRetryTime(NEO4J_RETRIES_MS, TimeUnit.MILLISECONDS)
                        .withConnectionLivenessCheckTimeout(1, TimeUnit.MINUTES)
                        .withMaxConnectionPoolSize(NEO4J_CONNECTIONS)
                        .withUserAgent("ingest-service")
                        .build());
    }

    @Bean
    LongTermMemory longTermMemory(Driver neo4j, ServiceSettings settings) {
        return new LongTermMemory(neo4j, settings.neo4jTimeout());
    }

    @Bean
    ShortTermMemory shortTermMemory(UnifiedJedis redis) {
        return new ShortTermMemory(redis, ShortTermSettings.defaults());
    }

    @Bean
    StatusBoard statusBoard(UnifiedJedis redis, LongTermMemory longTerm) {
        return new StatusBoard(redis, longTerm, StatusSettings.defaults());
    }

    @Bean
    Recall recall(LongTermMemory longTerm) {
        return new Recall(longTerm, RecallSettings.defaults());
    }

    /** Loads the model now rather than at the first recall. */
    @Bean
    Embedder embedder() {
        var embedder = new MiniLmEmbedder();
        embedder.embed("Warm.");
        return embedder;
    }

    private static AuthToken auth(ServiceSettings settings) {
        return settings.neo4jPassword().isEmpty()
                ? AuthTokens.none()
                : AuthTokens.basic(settings.neo4jUser(), settings.neo4jPassword());
    }
}
