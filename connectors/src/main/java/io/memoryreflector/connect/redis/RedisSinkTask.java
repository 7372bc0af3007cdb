package io.memoryreflector.connect.redis;

import io.memoryreflector.connect.ServerAddress;
import io.memoryreflector.connect.sink.Blame;
import io.memoryreflector.connect.sink.Events;
import io.memoryreflector.connect.sink.SinkSettings;
import io.memoryreflector.connect.sink.StoreSinkTask;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.RedisErasures;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import redis.clients.jedis.UnifiedJedis;

/** Writes interactions and statuses to Redis, and deletes there what is to be forgotten. */
public final class RedisSinkTask extends StoreSinkTask {

    static final String URL = "redis.url";
    static final String MAX_INTERACTIONS = "short.term.max.interactions";
    static final String TTL_HOURS = "short.term.ttl.hours";
    static final String STATUS_RETENTION_DAYS = "status.retention.days";

    static final List<Topic> TOPICS = List.of(Topics.INTERACTIONS, Topics.REFLECTIONS, Topics.ERASURES);

    static final ConfigDef DEFINITION = SinkSettings.definition()
            .define(
                    URL,
                    Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ServerAddress.of("redis", "rediss"),
                    Importance.HIGH,
                    "Address of Redis: redis://user:password@host:port/database, or rediss:// for TLS.")
            .define(
                    MAX_INTERACTIONS,
                    Type.INT,
                    ShortTermSettings.standard().maxInteractions(),
                    Range.between(1, 10_000),
                    Importance.MEDIUM,
                    "Interactions of each user that are kept as their last turns.")
            .define(
                    TTL_HOURS,
                    Type.INT,
                    (int) ShortTermSettings.standard().ttl().toHours(),
                    Range.between(1, 100_000),
                    Importance.MEDIUM,
                    "Hours after which the last turns of an idle user are gone.")
            .define(
                    STATUS_RETENTION_DAYS,
                    Type.INT,
                    90,
                    Range.between(1, 10_000),
                    Importance.LOW,
                    "Days for which the status of an interaction is known.");

    private UnifiedJedis redis;
    private ShortTermMemory shortTerm;
    private StatusBoard board;
    private RedisErasures erasures;

    @Override
    protected String store() {
        return "redis";
    }

    @Override
    protected ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    protected List<Topic> topics() {
        return TOPICS;
    }

    @Override
    protected void open(AbstractConfig config) {
        redis = RedisConnection.open(
                URI.create(config.getPassword(URL).value()), Duration.ofMillis(config.getInt(SinkSettings.TIMEOUT_MS)));
        shortTerm = new ShortTermMemory(
                redis,
                new ShortTermSettings(config.getInt(MAX_INTERACTIONS), Duration.ofHours(config.getInt(TTL_HOURS))));
        // A sink never reads a status, so it needs nobody to ask about memories.
        board = new StatusBoard(
                redis, ids -> Set.of(), Duration.ofDays(config.getInt(STATUS_RETENTION_DAYS)), InstantSource.system());
        erasures = new RedisErasures(redis, shortTerm);
    }

    @Override
    protected void write(Events events) {
        // First, so that less is written only to be deleted; any other order would end the same.
        erasures.apply(events.of(UserForgotten.class));
        var interactions = events.of(Interaction.class);
        board.received(interactions);
        shortTerm.remember(interactions);
        board.apply(events.of(ReflectionStatus.class));
    }

    @Override
    protected Blame blame(RuntimeException error) {
        return RedisErrors.blame(error);
    }

    @Override
    protected void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
