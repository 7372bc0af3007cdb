package io.memoryreflector.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A Lua script, which Redis runs as one step. It is named by its digest, and sent only to a Redis that does not know it
 * yet. Immutable and thread-safe.
 */
public final class RedisScript {

    /** Redis does nothing else meanwhile, so it is a few milliseconds' work. */
    private static final int AT_ONCE = 64;

    private static final String EACH = read(RedisScript.class, "each.lua");

    /** What a script may put functions of its own in the place of: what is left to do once it has run, for one or many. */
    private static final String FINISH = "local function finish() end\n";

    private static final String ONCE = """
            local function once(KEYS, ARGV)
            %s
            end
            local answer = once(KEYS, ARGV)
            finish()
            return answer
            """;

    private final String functions;
    private final String body;
    private final Text once;
    private final Text each;

    private RedisScript(String functions, String body) {
        this.functions = functions;
        this.body = body;
        this.once = Text.of(FINISH + functions + ONCE.formatted(body));
        this.each = Text.of(FINISH + functions + EACH.formatted(body));
    }

    /** Reads a script that lies beside a class. */
    public static RedisScript of(Class<?> owner, String name) {
        return new RedisScript("", read(owner, name));
    }

    /** Reads a script that lies beside a class and asks what was forgotten. */
    public static RedisScript minding(Class<?> owner, String name) {
        return of(owner, name).after(RedisScript.class, "forgotten.lua");
    }

    /** The same with the functions of another script, which lies beside a class, before it. */
    public RedisScript after(Class<?> owner, String name) {
        return new RedisScript(read(owner, name) + functions, body);
    }

    private static String read(Class<?> owner, String name) {
        try (var resource = owner.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it. */
    public Object run(UnifiedJedis redis, List<String> keys, Object... arguments) {
        return once.run(redis, bytes(keys), bytes(List.of(arguments)));
    }

    /**
     * Runs it for each item, in one round trip, and gives what each run answers, null for nothing.
     *
     * @param call has as many keys and arguments for each item
     * @throws JedisDataException what Redis answers to the first item that it refuses; the others are done
     */
    public <T> List<Object> runForEach(UnifiedJedis redis, List<T> items, Function<T, Call> call) {
        if (items.isEmpty()) {
            return List.of();
        }
        var runs = new ArrayList<Call>();
        for (var from = 0; from < items.size(); from += AT_ONCE) {
            var some = items.subList(from, Math.min(items.size(), from + AT_ONCE));
            runs.add(Call.joined(some.stream().map(call).toList()));
        }
        var answers = new ArrayList<Response<Object>>(runs.size());
        try (var pipeline = redis.pipelined()) {
            for (var it : runs) {
                answers.add(pipeline.evalsha(each.digest, bytes(it.keys), bytes(it.arguments)));
            }
            pipeline.sync();
        }
        var results = new ArrayList<Object>(items.size());
        for (var i = 0; i < runs.size(); i++) {
            results.addAll((List<?>) answer(redis, runs.get(i), answers.get(i)));
        }
        // Neither a pipeline nor a list throws what it holds.
        for (var result : results) {
            if (result instanceof JedisDataException refusal) {
                throw refusal;
            }
        }
        return results;
    }

    private Object answer(UnifiedJedis redis, Call run, Response<Object> answer) {
        try {
            return answer.get();
        } catch (JedisNoScriptException unknown) {
            return each.run(redis, bytes(run.keys), bytes(run.arguments));
        }
    }

    /** What one run of a script works on. */
    public record Call(List<String> keys, List<Object> arguments) {

        /** Behind one another, with what {@code each.lua} takes them apart by. */
        private static Call joined(List<Call> calls) {
            var first = calls.get(0);
            var keys = new ArrayList<String>(calls.size() * first.keys.size());
            var arguments = new ArrayList<Object>(2 + calls.size() * first.arguments.size());
            arguments.add(first.keys.size());
            arguments.add(first.arguments.size());
            for (var call : calls) {
                keys.addAll(call.keys);
                arguments.addAll(call.arguments);
            }
            return new Call(keys, arguments);
        }
    }

    /** What Redis is sent, and the name that it knows it by. */
    private record Text(byte[] text, byte[] digest) {

        static Text of(String text) {
            try {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                var sha1 = MessageDigest.getInstance("SHA-1").digest(bytes);
                return new Text(bytes, HexFormat.of().formatHex(sha1).getBytes(StandardCharsets.US_ASCII));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-1", e);
            }
        }

        Object run(UnifiedJedis redis, List<byte[]> keys, List<byte[]> arguments) {
            try {
                return redis.evalsha(digest, keys, arguments);
            } catch (JedisNoScriptException unknown) {
                return redis.eval(text, keys, arguments);
            }
        }
    }

    private static List<byte[]> bytes(List<?> values) {
        var bytes = new ArrayList<byte[]>(values.size());
        for (var value : values) {
            bytes.add(value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes;
    }
}
