package io.memoryreflector.store.shortterm;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.store.ErasureKey;
import io.memoryreflector.store.RedisKeys;
import io.memoryreflector.store.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;

/**
 * The last interactions of each user, capped and with a time to live. Whoever writes an interaction, and however often, it
 * is there once. Thread-safe.
 */
public final class ShortTermMemory {

    private static final String ORDER = "mr:turns:order:";
    private static final RedisScript REMEMBER = RedisScript.minding(ShortTermMemory.class, "remember.lua");
    private static final RedisScript DROP = RedisScript.of(ShortTermMemory.class, "drop.lua");
    private static final RedisScript SETTLE = RedisScript.of(ShortTermMemory.class, "settle.lua");
    private static final RedisScript FORGET = RedisScript.minding(ShortTermMemory.class, "forget.lua");

    private static final int SETTLED_AT_ONCE = 500;

    private final UnifiedJedis redis;
    private final ShortTermSettings settings;
    private final Serde<Interaction> serde = StateSerde.of(Interaction.SCHEMA$);

    /** @param redis stays the caller's to close */
    public ShortTermMemory(UnifiedJedis redis, ShortTermSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /**
     * Adds interactions in one round trip, of which {@code received_at} is taken for the time of their record; those
     * older than a full cap's oldest, and those that an erasure covers, leave no trace.
     */
    public void remember(List<Interaction> interactions) {
        REMEMBER.runForEach(redis, interactions, interaction -> {
            var user = new UserKey(interaction.getNamespace(), interaction.getUserId());
            return new RedisScript.Call(
                    List.of(orderKey(user), turnsKey(user), recordedKey(user), ErasureKey.of(user)),
                    List.of(
                            interaction.getInteractionId(),
                            interaction.getOccurredAt().toEpochMilli(),
                            serde.serializer().serialize("", interaction),
                            settings.maxInteractions(),
                            settings.ttl().toMillis(),
                            recordedAt(interaction),
                            interaction.getSessionId() == null ? "" : interaction.getSessionId(),
                            interaction.getSource()));
        });
    }

    /** The last interactions, the newest last. */
    public List<Interaction> recent(UserKey user, Optional<String> sessionId, int limit) {
        var ids = redis.zrange(
                orderKey(user),
                ZRangeParams.zrangeParams(0, settings.maxInteractions() - 1).rev());
        if (ids.isEmpty()) {
            return List.of();
        }
        var fields = ids.stream().map(id -> id.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        var recent = new ArrayList<Interaction>();
        for (var bytes : redis.hmget(turnsKey(user).getBytes(StandardCharsets.UTF_8), fields)) {
            var interaction = serde.deserializer().deserialize("", bytes);
            if (interaction != null
                    && recent.size() < limit
                    && (sessionId.isEmpty() || sessionId.get().equals(interaction.getSessionId()))) {
                recent.add(interaction);
            }
        }
        Collections.reverse(recent);
        return recent;
    }

    /** Drops what an erasure covers. */
    public void forget(UserKey user) {
        var turns = recent(user, Optional.empty(), settings.maxInteractions());
        FORGET.runForEach(
                redis,
                turns,
                turn -> new RedisScript.Call(
                        List.of(orderKey(user), turnsKey(user), recordedKey(user), ErasureKey.of(user)),
                        List.of(
                                turn.getInteractionId(),
                                turn.getSessionId() == null ? "" : turn.getSessionId(),
                                turn.getSource())));
    }

    /** Drops turns that were recorded before a time of each user, in one round trip. */
    public void dropBefore(Map<UserKey, Instant> times) {
        DROP.runForEach(
                redis,
                List.copyOf(times.entrySet()),
                time -> new RedisScript.Call(
                        List.of(orderKey(time.getKey()), turnsKey(time.getKey()), recordedKey(time.getKey())),
                        List.of(time.getValue().toEpochMilli())));
    }

    /** After turns were read anew from the log: drops those that would be gone by now, and lets the others go when they would. */
    public void settle(Instant now) {
        var orders = RedisKeys.startingWith(redis, ORDER);
        for (int from = 0; from < orders.size(); from += SETTLED_AT_ONCE) {
            SETTLE.runForEach(redis, orders.subList(from, Math.min(orders.size(), from + SETTLED_AT_ONCE)), order -> {
                var user = UserKey.parse(order.substring(ORDER.length()));
                return new RedisScript.Call(
                        List.of(order, turnsKey(user), recordedKey(user)),
                        List.of(now.toEpochMilli(), settings.ttl().toMillis()));
            });
        }
    }

    private static long recordedAt(Interaction interaction) {
        return interaction.getReceivedAt() == null
                ? 0
                : interaction.getReceivedAt().toEpochMilli();
    }

    private static String recordedKey(UserKey user) {
        return "mr:turns:recorded:" + user;
    }

    private static String orderKey(UserKey user) {
        return ORDER + user;
    }

    private static String turnsKey(UserKey user) {
        return "mr:turns:" + user;
    }
}
