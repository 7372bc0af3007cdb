package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.retention.Cleanup;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.projection.Generation;
import io.memoryreflector.store.projection.GraphDriver;
import io.memoryreflector.store.projection.GraphGenerations;
import io.memoryreflector.store.projection.RedisDatabases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** The objects behind the endpoints. */
@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    /** Of a step of a rebuild, for which nobody waits: a batch is a large one, and the system may be busy. */
    private static final Duration STEP = Duration.ofSeconds(25);

    /** Databases that a Redis has where nobody says otherwise. */
    private static final int DATABASES = 16;

    @Bean
    RedisDatabases redisDatabases(Environment environment, ServiceSettings settings) {
        var index = JedisURIHelper.getDBIndex(settings.redisUrl());
        var beside = environment.integer("REDIS_REBUILD_DATABASE", (index + 1) % DATABASES, 0, 10_000);
        if (beside == index) {
            throw new InvalidSetting(
                    "REDIS_REBUILD_DATABASE", Integer.toString(beside), "another database than that of REDIS_URL");
        }
        return new RedisDatabases(settings.redisUrl(), beside, STEP);
    }

    @Bean
    Rebuilds rebuilds(
            Driver neo4j,
            RedisDatabases databases,
            UnifiedJedis redis,
            LongTermMemory longTerm,
            Environment environment,
            ServiceSettings settings,
            EventSerdes serdes,
            Cleanup cleanup,
            InstantSource clock) {
        var book = new RebuildBook(GraphDriver.raw(neo4j), STEP, clock);
        var generations = new GraphGenerations(neo4j, STEP);
        Map<String, Object> kafka = environment.kafkaClient();
        kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        var builders = new Rebuilding.Builders() {
            @Override
            public Projection projection(
                    Rebuild rebuild, Consumer<TransactionContext> guard, BooleanSupplier stopping) {
                return switch (rebuild.target()) {
                    case NEO4J ->
                        new GraphProjection(
                                generations,
                                new Generation(rebuild.number()),
                                guard,
                                graph -> cleanup.over(graph, redis),
                                STEP);
                    case REDIS ->
                        new RedisProjection(
                                databases,
                                rebuild.number(),
                                longTerm,
                                built -> cleanup.over(neo4j, built),
                                clock,
                                stopping,
                                rebuild.phase().isAfterTheSwitch());
                };
            }

            @Override
            public LogReading log(Rebuild rebuild, Projection projection) {
                return new LogReading(
                        kafka,
                        projection.topics(),
                        "reflector-rebuild-" + rebuild.id(),
                        serdes.deserializer(),
                        rebuild.refused());
            }
        };
        return new Rebuilds(book, (owner, stopping) -> new Rebuilding(book, builders, clock, owner, stopping), clock);
    }
}
