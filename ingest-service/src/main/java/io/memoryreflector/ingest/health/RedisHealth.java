package io.memoryreflector.ingest.health;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;
import redis.clients.jedis.UnifiedJedis;

/** Redis answers: without it writes go on, status and tier 1 do not. */
@Component("redisHealthIndicator")
final class RedisHealth extends AbstractHealthIndicator {

    private final UnifiedJedis redis;

    RedisHealth(UnifiedJedis redis) {
        super("Redis does not answer");
        this.redis = redis;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        redis.ping();
        builder.up();
    }
}
