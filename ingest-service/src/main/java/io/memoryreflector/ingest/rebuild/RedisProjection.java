package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.RedisErasures;
import io.memoryreflector.store.projection.RedisDatabases;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.AppliedMemories;
import io.memoryreflector.store.status.StatusBoard;
import io.memoryreflector.store.status.StatusTotals;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import redis.clients.jedis.UnifiedJedis;

/** A logical database of Redis. */
final class RedisProjection implements Projection {

    private static final List<Topic> TOPICS = List.of(Topics.INTERACTIONS, Topics.REFLECTIONS, Topics.ERASURES);

    /** A turn may go only once it is known what came after it. */
    private static final ShortTermSettings KEPT =
            new ShortTermSettings(ShortTermSettings.standard().maxInteractions(), StatusBoard.RETENTION);

    private final RedisDatabases databases;
    private final long number;
    private final AppliedMemories applied;
    private final Consumer<UnifiedJedis> retention;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private boolean isSwitched;
    private boolean isSettled;

    /**
     * @param applied what the long term has
     * @param retention drops turns that were kept for long enough
     * @param isSwitched whether it is written down that what is built is in use
     */
    RedisProjection(
            RedisDatabases databases,
            long number,
            AppliedMemories applied,
            Consumer<UnifiedJedis> retention,
            InstantSource clock,
            BooleanSupplier stopping,
            boolean isSwitched) {
        this.databases = databases;
        this.number = number;
        this.applied = applied;
        this.retention = retention;
        this.clock = clock;
        this.stopping = stopping;
        this.isSwitched = isSwitched;
    }

    @Override
    public List<Topic> topics() {
        return TOPICS;
    }

    @Override
    public void clear() {
        databases.clear(number);
    }

    /** As the sink does it; what is no longer known leaves no trace. */
    @Override
    public int write(List<SpecificRecord> events) {
        var redis = redis();
        var board = board(redis);
        var isBuilt = isSettled || redis == databases.inUse();
        var shortTerm = new ShortTermMemory(redis, isBuilt ? ShortTermSettings.standard() : KEPT);
        var begin = clock.instant().minus(StatusBoard.RETENTION);
        new RedisErasures(redis, shortTerm).apply(of(events, UserForgotten.class));
        var interactions = of(events, Interaction.class).stream()
                .filter(interaction -> interaction.getReceivedAt().isAfter(begin))
                .toList();
        board.received(interactions);
        shortTerm.remember(interactions);
        board.apply(of(events, ReflectionStatus.class));
        return 0;
    }

    @Override
    public void settle() {
        var redis = redis();
        retention.accept(redis);
        new StatusTotals(redis, board(redis)).confirmAll(stopping);
        new ShortTermMemory(redis, ShortTermSettings.standard()).settle(clock.instant());
        isSettled = true;
    }

    @Override
    public void switchOver() {
        databases.switchTo(number);
        isSwitched = true;
    }

    @Override
    public void drop() {
        databases.drop(number);
    }

    /** A process may have died just behind the switch, before it wrote that down. */
    private UnifiedJedis redis() {
        if (isSwitched || databases.isInUse(number)) {
            return databases.inUse();
        }
        if (!databases.has(number)) {
            throw new IllegalStateException("Redis has lost what was built");
        }
        return databases.beside();
    }

    private StatusBoard board(UnifiedJedis redis) {
        return StatusBoard.ofThePast(redis, applied, StatusBoard.RETENTION, clock);
    }

    private static <T extends SpecificRecord> List<T> of(List<SpecificRecord> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
