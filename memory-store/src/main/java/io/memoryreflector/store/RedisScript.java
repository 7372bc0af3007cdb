package io.memoryreflector.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
        return new RedisScript(read(owner, name));
    }

    /** Reads a script that lies beside a class and asks what was forgotten. */
    public static RedisScript minding(Class<?> owner, String name) {
        return of(owner, name).after(RedisScript.class, "forgotten.lua");
    }

    /** The same with the functions of another script, which lies beside a class, before it. */
    public RedisScript after(Class<?> owner, String name) {
        var functions = read(owner, name);
        var whole = Arrays.copyOf(functions, functions.length + text.length);
        System.arraycopy(text, 0, whole, functions.length, text.length);
        return new RedisScript(whole);
    }

    private static byte[] read(Class<?> owner, String name) {
        try (var resource = owner.getResourceAsStream(name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it. */
    public Object run(UnifiedJedis redis, List<String> keys, Object... arguments) {
        return redis.eval(text, bytes(keys.stream()), bytes(Stream.of(arguments)));
    }

    /**
     * Runs it for each item, in one round trip, and gives what each run answers, null for nothing.
     *
     * @throws redis.clients.jedis.exceptions.JedisDataException what Redis answers to the first item that it refuses;
     *     the others are done
     */
    public <T> List<Object> runForEach(UnifiedJedis redis, List<T> items, Function<T, Call> call) {
        if (items.isEmpty()) {
            return List.of();
        }
        var answers = new ArrayList<Response<Object>>(items.size());
        try (var pipeline = redis.pipelined()) {
            for (var item : items) {
                var it = call.apply(item);
                answers.add(pipeline.eval(text, bytes(it.keys().stream()), bytes(it.arguments().stream())));
            }
            pipeline.sync();
        }
        // A pipeline throws only what breaks its connection; an answer has to be looked at.
        var results = new ArrayList<Object>(answers.size());
        answers.forEach(answer -> results.add(answer.get()));
        return results;
    }

    /** What one run of a script works on. */
    public record Call(List<String> keys, List<Object> arguments) {}

    private static List<byte[]> bytes(Stream<?> values) {
        return values.map(value ->
                        value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
