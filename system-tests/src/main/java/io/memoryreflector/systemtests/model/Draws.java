package io.memoryreflector.systemtests.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance that depends on the seed, on what is asked and on how often it was asked before, and not on the order in which
 * others come. Thread-safe.
 */
final class Draws {

    private static final int REMEMBERED = 200_000;

    private final Map<Long, Integer> asked = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The chance of this request. */
    RandomGenerator of(long seed, Ask ask) {
        var key = hash(seed, ask);
        synchronized (asked) {
            return new SplittableRandom(key + asked.merge(key, 1, Integer::sum) * 0x9E3779B97F4A7C15L);
        }
    }

    private static long hash(long seed, Ask ask) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).flip());
            sha1.update((ask.tier() + ask.repair()).getBytes(StandardCharsets.UTF_8));
            ask.texts().forEach(text -> sha1.update(text.getBytes(StandardCharsets.UTF_8)));
            return ByteBuffer.wrap(sha1.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
