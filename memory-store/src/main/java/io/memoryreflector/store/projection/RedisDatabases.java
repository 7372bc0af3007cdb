package io.memoryreflector.store.projection;

import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.RedisScript;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Two logical databases of one Redis: the one in use and one beside it, which is built and then takes its place in one step
 * that all connections follow. A database that is not empty and was not made for this is left alone. Thread-safe.
 */
public final class RedisDatabases implements AutoCloseable {

    private static final RedisScript CLEAR = RedisScript.of(RedisDatabases.class, "clear.lua");
    private static final RedisScript SWITCH = RedisScript.of(RedisDatabases.class, "switch.lua");
    private static final RedisScript DROP = RedisScript.of(RedisDatabases.class, "drop.lua");

    /** In the one beside: for which rebuild it is there. */
    static final String BESIDE = "mr:rebuild";

    /** In the one in use: which rebuild has made it. */
    static final String IN_USE = "mr:rebuilt";

    private final UnifiedJedis inUse;
    private final UnifiedJedis beside;
    private final int index;
    private final int besideIndex;

    /**
     * Opening does not connect yet.
     *
     * @param uri of the database in use
     * @param besideIndex of the other
     * @param timeout of each call
     * @throws IllegalArgumentException if both are the same
     */
    public RedisDatabases(URI uri, int besideIndex, Duration timeout) {
        this.index = JedisURIHelper.getDBIndex(uri);
        this.besideIndex = besideIndex;
        if (index == besideIndex) {
            throw new IllegalArgumentException("got database " + besideIndex + ", which is the one in use");
        }
        this.inUse = RedisConnection.open(uri, timeout);
        this.beside = RedisConnection.open(uri.resolve("/" + besideIndex), timeout);
    }

    /** The one that is read and written. */
    public UnifiedJedis inUse() {
        return inUse;
    }

    /** The one that is built. */
    public UnifiedJedis beside() {
        return beside;
    }

    /**
     * Empties the one beside for a rebuild; does nothing if it was done for this one.
     *
     * @param number of the rebuild, higher than of all before
     * @throws IllegalStateException if it holds what is not ours, or is a later rebuild's
     */
    public void clear(long number) {
        switch (answer(CLEAR.run(beside, List.of(BESIDE), number))) {
            case "FOREIGN" ->
                throw new IllegalStateException(
                        "database " + besideIndex + " of Redis is not empty and not of a rebuild:"
                                + " empty it, or name another with REDIS_REBUILD_DATABASE");
            case "OVERTAKEN" -> throw new IllegalStateException("a later rebuild builds in database " + besideIndex);
            default -> {}
        }
    }

    /** Whether what this rebuild has built is read and written. */
    public boolean isInUse(long number) {
        return Long.toString(number).equals(inUse.get(IN_USE));
    }

    /** Whether the one beside is this rebuild's, before the switch and after it; a Redis that keeps nothing loses it. */
    public boolean has(long number) {
        return Long.toString(number).equals(beside.get(BESIDE));
    }

    /**
     * Has the one beside read and written from now on, in one step; does nothing if it was done.
     *
     * @throws IllegalStateException if what was built is not there any more
     */
    public void switchTo(long number) {
        if (answer(SWITCH.run(inUse, List.of(BESIDE, IN_USE), number, index, besideIndex))
                .equals("LOST")) {
            throw new IllegalStateException("database " + besideIndex + " of Redis has lost what was built there");
        }
    }

    /** Empties the one that was in use before a switch; does nothing if another rebuild has begun. */
    public void drop(long number) {
        DROP.run(inUse, List.of(BESIDE, IN_USE), number, index, besideIndex);
    }

    private static String answer(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        inUse.close();
        beside.close();
    }
}
