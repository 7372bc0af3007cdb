package io.memoryreflector.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/** Looks for keys without holding Redis up. */
public final class RedisKeys {

    private static final int AT_ONCE = 1_000;

    private RedisKeys() {}

    /** All that begin so, each once. Those that come or go meanwhile may or may not be there. */
    public static List<String> startingWith(UnifiedJedis redis, String prefix) {
        var found = new HashSet<String>();
        var match = new ScanParams().match(prefix + "*").count(AT_ONCE);
        var cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, match);
            found.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return new ArrayList<>(found);
    }
}
