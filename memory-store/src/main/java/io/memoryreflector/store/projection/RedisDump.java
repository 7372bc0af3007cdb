package io.memoryreflector.store.projection;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * All that Redis holds in a canonical form, user by user: what was forgotten, the last turns, what became of each
 * interaction, and the counts. Left out is what says nothing of the log: when something was written, how fast it went, what
 * has not reached the log yet, and whether somebody has asked since a memory is there. What goes by itself is gone from the
 * next dump, and what is written meanwhile may be seen half before and half after. Thread-safe.
 */
public final class RedisDump implements Dump {

    private static final int AT_ONCE = 500;
    private static final String COUNTS = "mr:counts:";
    private static final String IDS = "mr:ids:";
    private static final String ERASURES = "mr:erasures:";
    private static final String ORDER = "mr:turns:order:";
    private static final String TURNS = "mr:turns:";
    private static final String RECORDED = "mr:turns:recorded:";
    private static final String APPLYING = "mr:applying:";
    private static final String TOTALS = "mr:totals:";
    private static final String RETRYING = "mr:retrying";
    private static final List<String> OF_USERS = List.of(COUNTS, IDS, ERASURES, ORDER);
    private static final List<String> TIERS = List.of("EPISODIC", "SEMANTIC", "PROCEDURAL");

    /** Their bytes are no text. */
    private static final String STATUS = "status";

    private static final Set<String> OF_THE_PROJECTION = Set.of("counted");

    private final UnifiedJedis redis;

    /** @param redis stays the caller's to close */
    public RedisDump(UnifiedJedis redis) {
        this.redis = redis;
    }

    @Override
    public void write(Consumer<String> lines) {
        var users = new TreeSet<String>();
        for (var prefix : OF_USERS) {
            RedisKeys.startingWith(redis, prefix).forEach(key -> users.add(key.substring(prefix.length())));
        }
        var applying = new TreeMap<String, Map<String, Long>>();
        for (var user : users) {
            erasures(user, lines);
            turns(user, lines);
            var finals = interactions(user, lines);
            counts("counts", user, redis.hgetAll(COUNTS + user), finals, lines);
            add(applying, UserKey.parse(user).namespace(), finals);
            add(applying, "", finals);
        }
        for (var key : new TreeSet<>(RedisKeys.startingWith(redis, TOTALS))) {
            var namespace = key.substring(TOTALS.length());
            counts("totals", namespace, redis.hgetAll(key), applying.getOrDefault(namespace, Map.of()), lines);
        }
    }

    private void erasures(String user, Consumer<String> lines) {
        var erasures = redis.hgetAll(ERASURES + user);
        if (!erasures.isEmpty()) {
            lines.accept(CanonicalJson.of(Map.of("kind", "erasures", "user", user, "until", erasures)));
        }
    }

    private void turns(String user, Consumer<String> lines) {
        var recorded = redis.hgetAll(RECORDED + user);
        for (var turn : redis.zrangeWithScores(ORDER + user, 0, -1)) {
            var id = turn.getElement();
            var value = redis.hget(bytes(TURNS + user), bytes(id));
            // One that goes just now.
            if (value != null) {
                lines.accept(CanonicalJson.of(Map.of(
                        "kind",
                        "turn",
                        "user",
                        user,
                        "id",
                        id,
                        "occurred",
                        (long) turn.getScore(),
                        "recorded",
                        recorded.getOrDefault(id, "0"),
                        "interaction",
                        value)));
            }
        }
    }

    /** Also counts by their states those that wait for the long term to be asked, which are counted when it was. */
    private Map<String, Long> interactions(String user, Consumer<String> lines) {
        var waiting = Set.copyOf(redis.zrange(APPLYING + user, 0, -1));
        var ids = new ArrayList<>(new TreeSet<>(redis.zrange(IDS + user, 0, -1)));
        var finals = new HashMap<String, Long>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var page = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            var held = held(page);
            for (int n = 0; n < page.size(); n++) {
                var fields = held.get(n);
                if ("received".equals(fields.get("stage")) && user.equals(fields.get("user"))) {
                    if (waiting.contains(page.get(n)) && fields.get("final") instanceof String state) {
                        finals.merge(state, 1L, Long::sum);
                    }
                    fields.keySet().removeAll(OF_THE_PROJECTION);
                    fields.put("kind", "interaction");
                    fields.put("id", page.get(n));
                    lines.accept(CanonicalJson.of(fields));
                }
            }
        }
        return finals;
    }

    private List<Map<String, Object>> held(List<String> ids) {
        var answers = new ArrayList<Response<Map<byte[], byte[]>>>();
        var dues = new ArrayList<List<Response<Double>>>();
        try (var pipeline = redis.pipelined()) {
            for (var id : ids) {
                answers.add(pipeline.hgetAll(bytes("mr:interaction:" + id)));
                dues.add(TIERS.stream()
                        .map(tier -> pipeline.zscore(RETRYING, tier + "/" + id))
                        .toList());
            }
            pipeline.sync();
        }
        var held = new ArrayList<Map<String, Object>>();
        for (int n = 0; n < ids.size(); n++) {
            var fields = new HashMap<String, Object>();
            answers.get(n).get().forEach((name, value) -> {
                var field = new String(name, StandardCharsets.UTF_8);
                fields.put(field, field.equals(STATUS) ? value : new String(value, StandardCharsets.UTF_8));
            });
            for (int tier = 0; tier < TIERS.size(); tier++) {
                var due = dues.get(n).get(tier).get();
                if (due != null) {
                    fields.put("due " + TIERS.get(tier), due.longValue());
                }
            }
            held.add(fields);
        }
        return held;
    }

    private static void counts(
            String kind, String of, Map<String, String> counted, Map<String, Long> applying, Consumer<String> lines) {
        var counts = new TreeMap<String, Long>(applying);
        counted.forEach((name, number) -> counts.merge(name, Long.parseLong(number), Long::sum));
        counts.values().removeIf(number -> number == 0);
        if (!counts.isEmpty()) {
            lines.accept(CanonicalJson.of(Map.of("kind", kind, "of", of, "counts", counts)));
        }
    }

    private static void add(Map<String, Map<String, Long>> sums, String of, Map<String, Long> more) {
        var sum = sums.computeIfAbsent(of, any -> new HashMap<>());
        more.forEach((state, number) -> sum.merge(state, number, Long::sum));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
