package io.memoryreflector.ingest.config;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.reflection.model.Embedders;
import io.memoryreflector.reflection.model.ModelSettings;
import io.memoryreflector.schemas.Cores;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.longterm.EntityGraph;
import io.memoryreflector.store.longterm.FactTimeline;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.NamespaceMemory;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import io.memoryreflector.store.status.StatusTotals;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.neo4j.driver.Driver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;

/** The memory store's objects over this service's clients, and the embeddings of queries. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** Whoever asks is waiting: without a vector by then the ranking goes by words alone. */
    private static final Duration QUESTION_VECTOR = Duration.ofSeconds(2);

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
    FactTimeline factTimeline(Driver neo4j, ServiceSettings settings) {
        return new FactTimeline(neo4j, settings.neo4jTimeout());
    }

    @Bean
    Transcripts transcripts(Driver neo4j, ServiceSettings settings) {
        return new Transcripts(neo4j, settings.neo4jTimeout());
    }

    @Bean
    EntityGraph entityGraph(Driver neo4j, ServiceSettings settings) {
        return new EntityGraph(neo4j, settings.neo4jTimeout());
    }

    @Bean
    NamespaceMemory namespaceMemory(Driver neo4j, ServiceSettings settings) {
        return new NamespaceMemory(neo4j, settings.neo4jTimeout());
    }

    @Bean
    SessionSummaries sessionSummaries(Driver neo4j, ServiceSettings settings) {
        return new SessionSummaries(neo4j, settings.neo4jTimeout());
    }

    @Bean
    ShortTermMemory shortTermMemory(UnifiedJedis redis) {
        return new ShortTermMemory(redis, ShortTermSettings.standard());
    }

    @Bean
    StatusBoard statusBoard(UnifiedJedis redis, LongTermMemory longTerm, InstantSource clock) {
        return new StatusBoard(redis, longTerm, StatusBoard.RETENTION, clock);
    }

    @Bean
    StatusTotals statusTotals(UnifiedJedis redis, StatusBoard board) {
        return new StatusTotals(redis, board);
    }

    /** The one that the reflector uses: vectors of different models are never compared. */
    @Bean
    Embedder embedder(Environment environment, MeterRegistry meters) {
        return ModelSettings.from(environment)
                .map(ModelSettings::endpoint)
                .filter(endpoint -> endpoint.embeddingModel().isPresent())
                .map(endpoint -> Embedders.from(endpoint, QUESTION_VECTOR, meters, Clock.systemUTC()))
                .orElseGet(StoreConfiguration::loaded);
    }

    /** Loads the model now rather than at the first recall. */
    private static Embedder loaded() {
        var embedder = new MiniLmEmbedder(Cores.allButOne());
        embedder.embed("Warm.");
        return embedder;
    }
}
