package io.memoryreflector.store.status;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.RedisKeys;
import io.memoryreflector.store.RedisScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** The status board's counts over all users of a namespace, over all, and over one user's given interactions. Thread-safe. */
public final class StatusTotals {

    private static final RedisScript SETTLE = RedisScript.of(StatusTotals.class, "settle.lua");
    private static final int USERS_AT_ONCE = 50;
    private static final int IDS_AT_ONCE = 1_000;

    private final UnifiedJedis redis;
    private final StatusBoard board;

    /** @param redis stays the caller's to close */
    public StatusTotals(UnifiedJedis redis, StatusBoard board) {
        this.redis = redis;
        this.board = board;
    }

    /** Counts of all namespaces; what is final and was not asked for since counts as pending. */
    public Totals all() {
        return read(StatusBoard.ALL);
    }

    /** Counts of a namespace; asks the long term about what is final and not known to be there, some users a call. */
    public Totals of(String namespace) {
        var unconfirmed = StatusBoard.unconfirmedKey(namespace);
        for (var text : redis.srandmember(unconfirmed, USERS_AT_ONCE)) {
            settle(unconfirmed, UserKey.parse(text));
        }
        return read(namespace);
    }

    /** Counts of some of a user's interactions; those that nobody knows count nowhere. */
    public Totals of(UserKey user, List<String> interactionIds) {
        board.user(user);
        var numbers = new HashMap<String, String>();
        for (int from = 0; from < interactionIds.size(); from += IDS_AT_ONCE) {
            var ids = interactionIds.subList(from, Math.min(interactionIds.size(), from + IDS_AT_ONCE));
            fields(ids).stream()
                    .filter(held -> user.toString().equals(held.get(0)))
                    .forEach(held -> {
                        add(numbers, "received");
                        if (held.get(1) != null) {
                            add(numbers, held.get(1));
                        }
                    });
        }
        return Totals.of(numbers);
    }

    /** How fast the last of a namespace's interactions went. */
    public Pace pace(String namespace) {
        return ends(namespace);
    }

    /** How fast the last of all interactions went. */
    public Pace pace() {
        return ends(StatusBoard.ALL);
    }

    /** Those that were read anew from the log came in any order. */
    private Pace ends(String namespace) {
        return new Pace(redis.lrange(StatusBoard.endsKey(namespace), 0, -1).stream()
                .map(Pace.End::parse)
                .sorted(Comparator.comparing(Pace.End::at).reversed())
                .toList());
    }

    /**
     * Asks the long term about all that is final and not known to be there; what a rebuild has read would else count as
     * pending until somebody asks for each user.
     *
     * @param stopping looked at after each user
     */
    public void confirmAll(BooleanSupplier stopping) {
        for (var unconfirmed : RedisKeys.startingWith(redis, StatusBoard.unconfirmedKey(""))) {
            for (var text : redis.smembers(unconfirmed)) {
                if (stopping.getAsBoolean()) {
                    return;
                }
                settle(unconfirmed, UserKey.parse(text));
            }
        }
    }

    private void settle(String unconfirmed, UserKey user) {
        board.user(user);
        SETTLE.run(redis, List.of(unconfirmed, StatusBoard.applyingKey(user)), user);
    }

    private List<List<String>> fields(List<String> interactionIds) {
        var answers = new ArrayList<Response<List<String>>>();
        try (var pipeline = redis.pipelined()) {
            interactionIds.forEach(
                    id -> answers.add(pipeline.hmget(StatusBoard.interactionKey(id), "user", "counted")));
            pipeline.sync();
        }
        return answers.stream().map(Response::get).toList();
    }

    private static void add(Map<String, String> numbers, String name) {
        numbers.merge(name, "1", (one, more) -> Long.toString(Long.parseLong(one) + Long.parseLong(more)));
    }

    private Totals read(String namespace) {
        return Totals.of(redis.hgetAll("mr:totals:" + namespace));
    }
}
