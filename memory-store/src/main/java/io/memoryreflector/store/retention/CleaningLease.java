package io.memoryreflector.store.retention;

import io.memoryreflector.store.RedisScript;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Who cleans, among all instances, and where the last run has stopped. A lease runs out by itself; who holds it for longer
 * does work that another does too, and no harm. Thread-safe.
 */
public final class CleaningLease {

    private static final Logger LOG = LoggerFactory.getLogger(CleaningLease.class);
    private static final RedisScript RELEASE = RedisScript.of(CleaningLease.class, "release.lua");
    private static final String LEASE = "mr:retention:lease";
    private static final String PLACE = "mr:retention:place";

    /** A place of long ago is as good as none. */
    private static final Duration PLACE_FOR = Duration.ofDays(7);

    private final UnifiedJedis redis;

    /** @param redis stays the caller's to close */
    public CleaningLease(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * Works under the lease and gives it back; empty while another has it.
     *
     * @param atMost after which it runs out
     */
    public <T> Optional<T> during(Duration atMost, Supplier<T> work) {
        var token = UUID.randomUUID().toString();
        if (redis.set(LEASE, token, SetParams.setParams().nx().px(atMost.toMillis())) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            release(token);
        }
    }

    private void release(String token) {
        try {
            RELEASE.run(redis, List.of(LEASE), token);
        } catch (JedisException e) {
            LOG.debug("the lease runs out by itself: {}", e.toString());
        }
    }

    /** The user behind whom the next run over all goes on; empty where the last one came to the end. */
    public Optional<String> place() {
        return Optional.ofNullable(redis.get(PLACE));
    }

    /** Keeps the place for the next run. */
    public void keepPlace(Optional<String> user) {
        if (user.isPresent()) {
            redis.set(PLACE, user.get(), SetParams.setParams().px(PLACE_FOR.toMillis()));
        } else {
            redis.del(PLACE);
        }
    }
}
