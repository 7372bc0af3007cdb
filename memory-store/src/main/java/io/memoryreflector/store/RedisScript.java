package io.memoryreflector.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** A Lua script, which Redis runs as one step. Immutable and thread-safe. */
public final class RedisScript {

    private final byte[] text;

    private RedisScript(byte[] text) {
        this.text = text;
    }

    /** Reads a script that lies beside a class. */
    public static RedisScript of(Class<?> owner, String name) {
        try (var resource = owner.getResourceAsStream(name)) {
            return new RedisScript(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it. */
    public Object run(UnifiedJedis redis, List<String> keys, Object... arguments) {
        return redis.eval(text, bytes(keys.stream()), bytes(Stream.of(arguments)));
    }

    /** Runs it with others in one round trip. */
    public Response<Object> run(AbstractPipeline pipeline, List<String> keys, Object... arguments) {
        return pipeline.eval(text, bytes(keys.stream()), bytes(Stream.of(arguments)));
    }

    private static List<byte[]> bytes(Stream<?> values) {
        return values.map(value ->
                        value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
