package io.memoryreflector.store;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** Opens Redis with a time-out on every wait and a bound on every pool. */
public final class RedisConnection {

    private static final int POOL = 32;

    private RedisConnection() {}

    /**
     * A pooled client; opening it does not connect yet.
     *
     * @param uri such as {@code redis://user:password@host:6379/0}; {@code rediss} is TLS with a certificate that the JVM
     *     trusts and that is this host's
     * @param timeout of connecting, of each answer and of waiting for a connection of the pool
     */
    public static UnifiedJedis open(URI uri, Duration timeout) {
        var millis = (int) timeout.toMillis();
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        pool.setMaxWait(timeout);
        var client = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .user(JedisURIHelper.getUser(uri))
                .password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri))
                .ssl(JedisURIHelper.isRedisSSLScheme(uri))
                .sslParameters(ofThisHost())
                .build();
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(uri))
                .clientConfig(client)
                .poolConfig(pool)
                .build();
    }

    /** Left to itself, Jedis takes any trusted certificate from anybody. */
    private static SSLParameters ofThisHost() {
        var parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
