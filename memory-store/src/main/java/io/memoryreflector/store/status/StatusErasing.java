package io.memoryreflector.store.status;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.ErasureKey;
import io.memoryreflector.store.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** Drops from the status board what an erasure covers, a bounded number of interactions a round trip. Thread-safe. */
public final class StatusErasing {

    private static final RedisScript FORGET =
            RedisScript.minding(StatusErasing.class, "forget.lua").after(StatusErasing.class, StatusBoard.COUNT);
    private static final RedisScript COUNTS = RedisScript.of(StatusErasing.class, "forget_counts.lua");
    private static final int AT_ONCE = 500;

    private final UnifiedJedis redis;

    /** @param redis stays the caller's to close */
    public StatusErasing(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Drops what the erasures that Redis keeps of this user cover; what an interaction counted counts no more. */
    public void forget(UserKey user) {
        var counts = StatusBoard.countsKey(user);
        var lastBefore = redis.hget(counts, "last");
        var last = 0L;
        var stay = 0;
        var ids = page(user, stay);
        while (!ids.isEmpty()) {
            for (var occurred : FORGET.runForEach(redis, ids, id -> forgetting(user, id))) {
                if (occurred != null) {
                    stay++;
                    last = Math.max(last, Long.parseLong(new String((byte[]) occurred, StandardCharsets.UTF_8)));
                }
            }
            ids = page(user, stay);
        }
        COUNTS.run(
                redis,
                List.of(
                        counts,
                        StatusBoard.idsKey(user),
                        StatusBoard.applyingKey(user),
                        StatusBoard.unconfirmedKey(user.namespace())),
                lastBefore == null ? "" : lastBefore,
                stay == 0 ? "" : last,
                user);
    }

    private List<String> page(UserKey user, int from) {
        return redis.zrange(StatusBoard.idsKey(user), from, from + AT_ONCE - 1L);
    }

    private static RedisScript.Call forgetting(UserKey user, String id) {
        var arguments = new ArrayList<Object>(List.of(id, user));
        StatusBoard.LANES.forEach(tier -> arguments.add(RetryPlace.member(tier, id)));
        return new RedisScript.Call(
                List.of(
                        StatusBoard.interactionKey(id),
                        StatusBoard.pendingKey(user),
                        StatusBoard.applyingKey(user),
                        StatusBoard.countsKey(user),
                        WaitingRetries.KEY,
                        StatusBoard.idsKey(user),
                        ErasureKey.of(user)),
                arguments);
    }
}
