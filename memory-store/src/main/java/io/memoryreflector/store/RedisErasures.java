package io.memoryreflector.store;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.status.StatusErasing;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import redis.clients.jedis.UnifiedJedis;

/**
 * What Redis keeps of erasures, and their effect on what is there. Writers ask it in the same step in which they write,
 * so that what an erasure covers never comes back, whatever comes when. Thread-safe.
 */
public final class RedisErasures {

    private static final RedisScript ERASE = RedisScript.of(RedisErasures.class, "erase.lua");

    /** A memory is not in Redis; a scope of a later version is not known. */
    private static final Set<ErasureScope> NOT_HERE = Set.of(ErasureScope.MEMORY, ErasureScope.UNKNOWN);

    private final UnifiedJedis redis;
    private final StatusErasing statuses;
    private final ShortTermMemory shortTerm;

    /** @param redis stays the caller's to close */
    public RedisErasures(UnifiedJedis redis, ShortTermMemory shortTerm) {
        this.redis = redis;
        this.statuses = new StatusErasing(redis);
        this.shortTerm = shortTerm;
    }

    /** Keeps erasures and deletes what they cover; a repeat goes on with what was left. */
    public void apply(List<UserForgotten> erasures) {
        for (var erasure : erasures) {
            if (!NOT_HERE.contains(erasure.getScope())) {
                var user = new UserKey(erasure.getNamespace(), erasure.getUserId());
                ERASE.run(
                        redis,
                        List.of(ErasureKey.of(user)),
                        erasure.getScope().name() + "/" + target(erasure),
                        erasure.getErasedAt().toEpochMilli());
                shortTerm.forget(user);
                statuses.forget(user);
            }
        }
    }

    private static String target(UserForgotten erasure) {
        if (erasure.getScope() == ErasureScope.USER || erasure.getTargetId() == null) {
            return "";
        }
        return erasure.getScope() == ErasureScope.SOURCE
                ? erasure.getTargetId().toUpperCase(Locale.ROOT)
                : erasure.getTargetId();
    }
}
