package io.memoryreflector.store.status;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.store.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;

/**
 * What waits for its next attempt and until when, as the {@link StatusBoard} was told. Redis hears of an outcome after
 * it was committed, so what is read here may be a moment old. Thread-safe.
 */
public final class WaitingRetries {

    /** Attempts that one read looks at, at most. */
    static final int SCAN_LIMIT = 20_000;

    static final String KEY = "mr:retrying";

    private static final RedisScript FORGET = RedisScript.of(WaitingRetries.class, "forget_retries.lua");
    private static final byte[] STATUS_FIELD = "status".getBytes(StandardCharsets.UTF_8);
    private static final int CHUNK = 500;

    private final UnifiedJedis redis;
    private final int scanLimit;
    private final Serde<ReflectionStatus> serde = StateSerde.of(ReflectionStatus.SCHEMA$);

    /** @param redis stays the caller's to close */
    public WaitingRetries(UnifiedJedis redis) {
        this(redis, SCAN_LIMIT);
    }

    WaitingRetries(UnifiedJedis redis, int scanLimit) {
        this.redis = redis;
        this.scanLimit = scanLimit;
    }

    /**
     * A page, earliest due first. Reads a bounded number of entries, however many wait.
     *
     * @param cursor of the page before
     * @throws IllegalArgumentException if the cursor is none that was given out
     */
    public RetryPage page(RetryFilter filter, int limit, Optional<String> cursor) {
        var after = cursor.map(RetryPlace::parse);
        var page = new ArrayList<WaitingRetry>();
        var last = (RetryPlace) null;
        var total = 0L;
        var more = false;
        var scanned = 0;
        var complete = false;
        while (scanned < scanLimit && !complete) {
            var places = chunk(scanned);
            complete = places.size() < CHUNK;
            scanned += places.size();
            for (var found : read(places, filter)) {
                total++;
                var place = new RetryPlace(
                        found.dueAt().toEpochMilli(), RetryPlace.member(found.tier(), found.interactionId()));
                if (after.isEmpty() || place.compareTo(after.get()) > 0) {
                    if (page.size() == limit) {
                        more = true;
                    } else {
                        page.add(found);
                        last = place;
                    }
                }
            }
        }
        return new RetryPage(page, total, complete, more ? Optional.of(last.cursor()) : Optional.empty());
    }

    /** What waits of one interaction. */
    public List<WaitingRetry> of(String interactionId) {
        var places = new ArrayList<RetryPlace>();
        for (var tier : StatusBoard.LANES) {
            var member = RetryPlace.member(tier, interactionId);
            var due = redis.zscore(KEY, member);
            if (due != null) {
                places.add(new RetryPlace(due.longValue(), member));
            }
        }
        return read(places, RetryFilter.ALL);
    }

    private List<RetryPlace> chunk(int from) {
        return redis.zrangeWithScores(KEY, ZRangeParams.zrangeParams(from, from + CHUNK - 1)).stream()
                .map(RetryPlace::of)
                .toList();
    }

    private List<WaitingRetry> read(List<RetryPlace> places, RetryFilter filter) {
        var asked =
                places.stream().filter(place -> filter.matches(place.tier())).toList();
        var statuses = statuses(asked);
        var found = new ArrayList<WaitingRetry>();
        var forgotten = new ArrayList<String>();
        for (var place : asked) {
            var status = statuses.get(place.interactionId());
            if (status == null) {
                forgotten.add(place.interactionId());
            } else {
                retry(place, status).filter(filter::matches).ifPresent(found::add);
            }
        }
        forget(forgotten);
        return found;
    }

    private HashMap<String, ReflectionStatus> statuses(List<RetryPlace> places) {
        var answers = new HashMap<String, Response<byte[]>>();
        try (var pipeline = redis.pipelined()) {
            for (var place : places) {
                answers.computeIfAbsent(
                        place.interactionId(),
                        id -> pipeline.hget(
                                StatusBoard.interactionKey(id).getBytes(StandardCharsets.UTF_8), STATUS_FIELD));
            }
            pipeline.sync();
        }
        var statuses = new HashMap<String, ReflectionStatus>();
        answers.forEach((id, answer) -> {
            var status = serde.deserializer().deserialize("", answer.get());
            if (status != null) {
                statuses.put(id, status);
            }
        });
        return statuses;
    }

    private static Optional<WaitingRetry> retry(RetryPlace place, ReflectionStatus status) {
        return status.getTiers().stream()
                .filter(tier -> tier.getTier() == place.tier() && tier.getState() == ReflectionState.RETRYING)
                .findFirst()
                .map(tier -> new WaitingRetry(
                        place.interactionId(),
                        place.tier(),
                        new UserKey(status.getNamespace(), status.getUserId()),
                        tier.getAttempts(),
                        Instant.ofEpochMilli(place.due()),
                        Optional.ofNullable(tier.getError())));
    }

    /** Statuses expire; what waited under them longer than that waits no more. */
    private void forget(List<String> interactionIds) {
        FORGET.runForEach(
                redis,
                interactionIds.stream().distinct().toList(),
                id -> new RedisScript.Call(List.of(StatusBoard.interactionKey(id), KEY), List.of(id)));
    }
}
