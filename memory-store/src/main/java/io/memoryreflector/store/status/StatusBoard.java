package io.memoryreflector.store.status;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.StateSerde;
import io.memoryreflector.store.ErasureKey;
import io.memoryreflector.store.RedisScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * What became of each interaction, and whether it is recallable.
 *
 * <p>Redis keeps, for each user, the ids that are not final ({@code pending}) and those that are final while the long
 * term is not known to have their memories ({@code applying}). Whoever reads asks the long term about the latter and
 * moves on those that it has. What waits for another attempt is in one set, by its due time, for
 * {@link WaitingRetries}. Counters move only when a state changes, so a repeat changes nothing. Thread-safe.
 */
public final class StatusBoard {

    /** In the place of a namespace. */
    static final String ALL = "";

    static final String COUNT = "count.lua";

    private static final RedisScript ACCEPT = RedisScript.of(StatusBoard.class, "accept.lua");
    private static final RedisScript RECEIVED =
            RedisScript.minding(StatusBoard.class, "received.lua").after(StatusBoard.class, COUNT);
    private static final RedisScript APPLY =
            RedisScript.minding(StatusBoard.class, "apply.lua").after(StatusBoard.class, COUNT);
    private static final RedisScript CONFIRM =
            RedisScript.of(StatusBoard.class, "confirm.lua").after(StatusBoard.class, COUNT);
    private static final RedisScript WITHDRAW = RedisScript.of(StatusBoard.class, "withdraw.lua");
    private static final RedisScript PRUNE = RedisScript.of(StatusBoard.class, "prune.lua");

    /** How long the status of an interaction is known, and its dead letters are kept. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** An id that was accepted and never seen in the log is forgotten after this time. */
    private static final Duration ACCEPTED_FOR = Duration.ofHours(1);

    static final List<Tier> LANES = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);
    private static final int CONFIRM_AT_ONCE = 500;
    private static final byte[] STATUS_FIELD = "status".getBytes(StandardCharsets.UTF_8);

    private final UnifiedJedis redis;
    private final AppliedMemories applied;
    private final Duration retention;
    private final InstantSource clock;
    private final boolean isReadAnew;
    private final Serde<ReflectionStatus> serde = StateSerde.of(ReflectionStatus.SCHEMA$);

    /**
     * @param redis stays the caller's to close
     * @param retention how long the status of an interaction is known
     */
    public StatusBoard(UnifiedJedis redis, AppliedMemories applied, Duration retention, InstantSource clock) {
        this(redis, applied, retention, clock, false);
    }

    private StatusBoard(
            UnifiedJedis redis, AppliedMemories applied, Duration retention, InstantSource clock, boolean isReadAnew) {
        this.redis = redis;
        this.applied = applied;
        this.retention = retention;
        this.clock = clock;
        this.isReadAnew = isReadAnew;
    }

    /**
     * One that takes from the log what happened long ago as if it had been there then: what would be known no more leaves no
     * trace, and the rest goes when it would have gone.
     */
    public static StatusBoard ofThePast(
            UnifiedJedis redis, AppliedMemories applied, Duration retention, InstantSource clock) {
        return new StatusBoard(redis, applied, retention, clock, true);
    }

    /**
     * When an event is taken for written.
     *
     * @param ttl for how long, in ms, what it left is known from now on
     */
    private record Moment(long at, long ttl) {}

    private Moment moment(Instant event) {
        var now = clock.millis();
        return isReadAnew
                ? new Moment(event.toEpochMilli(), event.toEpochMilli() + retention.toMillis() - now)
                : new Moment(now, retention.toMillis());
    }

    private boolean isKnown(Instant event) {
        return moment(event).ttl() > 0;
    }

    /** Counts the interaction as pending before it is sent to the log, and says whether it has to be sent. */
    public Acceptance accept(Interaction interaction) {
        return accept(List.of(interaction)).get(0);
    }

    /** The same of many, in one round trip. */
    public List<Acceptance> accept(List<Interaction> interactions) {
        var answers = ACCEPT.runForEach(redis, interactions, interaction -> {
            var user = user(interaction);
            var id = interaction.getInteractionId();
            return new RedisScript.Call(
                    List.of(interactionKey(id), pendingKey(user), idsKey(user)),
                    List.of(
                            id,
                            user,
                            clock.millis(),
                            ACCEPTED_FOR.toMillis(),
                            recordedAt(interaction),
                            text(interaction.getSessionId()),
                            interaction.getSource()));
        });
        return answers.stream()
                .map(answer -> Acceptance.valueOf(new String((byte[]) answer, StandardCharsets.UTF_8)))
                .toList();
    }

    /** The log has taken interactions that were accepted, or the sink has seen them there. */
    public void received(List<Interaction> interactions) {
        var known = interactions.stream()
                .filter(interaction -> isKnown(Instant.ofEpochMilli(recordedAt(interaction))))
                .toList();
        RECEIVED.runForEach(redis, known, interaction -> {
            var user = user(interaction);
            var id = interaction.getInteractionId();
            var moment = moment(Instant.ofEpochMilli(recordedAt(interaction)));
            return new RedisScript.Call(
                    List.of(interactionKey(id), pendingKey(user), countsKey(user), idsKey(user), ErasureKey.of(user)),
                    List.of(
                            id,
                            user,
                            moment.at(),
                            moment.ttl(),
                            interaction.getOccurredAt().toEpochMilli(),
                            recordedAt(interaction),
                            text(interaction.getSessionId()),
                            interaction.getSource()));
        });
    }

    /** The log has refused an interaction that was accepted. */
    public void withdraw(UserKey user, String interactionId) {
        WITHDRAW.run(
                redis, List.of(interactionKey(interactionId), pendingKey(user), idsKey(user)), interactionId, user);
    }

    /** Takes statuses from the log; one that is older than what is known changes nothing. */
    public void apply(List<ReflectionStatus> statuses) {
        var known = statuses.stream()
                .filter(status -> isKnown(status.getUpdatedAt()))
                .toList();
        APPLY.runForEach(redis, known, status -> {
            var user = new UserKey(status.getNamespace(), status.getUserId());
            var id = status.getInteractionId();
            var moment = moment(status.getUpdatedAt());
            var arguments = new ArrayList<Object>(List.of(
                    id,
                    user,
                    status.getRevision(),
                    status.getState().name().toLowerCase(Locale.ROOT),
                    isFinal(status.getState()) ? 1 : 0,
                    serde.serializer().serialize("", status),
                    moment.at(),
                    moment.ttl(),
                    status.getOccurredAt().toEpochMilli(),
                    status.getReceivedAt().toEpochMilli(),
                    text(status.getSessionId()),
                    status.getSource(),
                    Duration.between(status.getReceivedAt(), status.getUpdatedAt())
                            .toMillis()));
            for (var tier : LANES) {
                arguments.add(RetryPlace.member(tier, id));
                arguments.add(due(status, tier));
            }
            return new RedisScript.Call(
                    List.of(
                            interactionKey(id),
                            pendingKey(user),
                            applyingKey(user),
                            countsKey(user),
                            WaitingRetries.KEY,
                            idsKey(user),
                            ErasureKey.of(user),
                            unconfirmedKey(user.namespace()),
                            endsKey(user.namespace()),
                            endsKey(ALL)),
                    arguments);
        });
    }

    /** What became of one interaction. */
    public Optional<InteractionStatus> find(String interactionId) {
        var fields = redis.hgetAll(interactionKey(interactionId).getBytes(StandardCharsets.UTF_8));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        var byName = new HashMap<String, byte[]>();
        fields.forEach((name, value) -> byName.put(new String(name, StandardCharsets.UTF_8), value));
        var user = UserKey.parse(new String(byName.get("user"), StandardCharsets.UTF_8));
        var status = serde.deserializer().deserialize("", byName.get("status"));
        if (status == null) {
            return Optional.of(new InteractionStatus(
                    interactionId, user, ReflectionState.QUEUED, List.of(), Optional.empty(), Optional.empty()));
        }
        var state = isFinal(status.getState()) && !isApplied(user, status) ? ReflectionState.QUEUED : status.getState();
        return Optional.of(new InteractionStatus(
                interactionId,
                user,
                state,
                status.getTiers(),
                Optional.of(status.getReceivedAt()),
                Optional.of(status.getUpdatedAt())));
    }

    /** What became of all that a user sent; asks the long term about what is final and not known to be there. */
    public UserStatus user(UserKey user) {
        PRUNE.run(
                redis,
                List.of(pendingKey(user)),
                clock.instant().minus(ACCEPTED_FOR).toEpochMilli(),
                interactionKey(""));
        confirm(user);
        Response<Long> pending;
        Response<Long> applying;
        Response<Map<String, String>> counts;
        try (var pipeline = redis.pipelined()) {
            pending = pipeline.zcard(pendingKey(user));
            applying = pipeline.zcard(applyingKey(user));
            counts = pipeline.hgetAll(countsKey(user));
            pipeline.sync();
        }
        var numbers = counts.get();
        return new UserStatus(
                number(numbers, "received"),
                number(numbers, "completed"),
                number(numbers, "partial"),
                number(numbers, "failed"),
                number(numbers, "skipped"),
                pending.get() + applying.get(),
                Optional.ofNullable(numbers.get("last")).map(last -> Instant.ofEpochMilli(Long.parseLong(last))));
    }

    /** Moves on and counts what the long term has. */
    private void confirm(UserKey user) {
        while (true) {
            var ids = redis.zrange(applyingKey(user), 0, CONFIRM_AT_ONCE - 1L);
            if (ids.isEmpty()) {
                return;
            }
            var statuses = statuses(ids);
            var memories = new ArrayList<String>();
            statuses.values().forEach(status -> memories.addAll(memoryIds(status)));
            var missing = applied.missing(memories);
            var there = new HashMap<String, Integer>();
            for (var id : ids) {
                var status = statuses.get(id);
                if (status == null || memoryIds(status).stream().noneMatch(missing::contains)) {
                    there.put(id, status == null ? 0 : status.getRevision());
                }
            }
            confirm(user, there);
            if (there.size() < ids.size() || ids.size() < CONFIRM_AT_ONCE) {
                return;
            }
        }
    }

    private void confirm(UserKey user, Map<String, Integer> revisions) {
        if (revisions.isEmpty()) {
            return;
        }
        var keys = new ArrayList<>(List.of(applyingKey(user), countsKey(user)));
        var arguments = new ArrayList<Object>();
        revisions.forEach((id, revision) -> {
            keys.add(interactionKey(id));
            arguments.add(id);
            arguments.add(revision);
        });
        CONFIRM.run(redis, keys, arguments.toArray());
    }

    private boolean isApplied(UserKey user, ReflectionStatus status) {
        if (redis.zscore(applyingKey(user), status.getInteractionId()) == null) {
            return true;
        }
        if (!applied.missing(memoryIds(status)).isEmpty()) {
            return false;
        }
        confirm(user, Map.of(status.getInteractionId(), status.getRevision()));
        return true;
    }

    private Map<String, ReflectionStatus> statuses(List<String> ids) {
        var answers = new HashMap<String, Response<byte[]>>();
        try (var pipeline = redis.pipelined()) {
            for (var id : ids) {
                answers.put(id, pipeline.hget(interactionKey(id).getBytes(StandardCharsets.UTF_8), STATUS_FIELD));
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

    private static Set<String> memoryIds(ReflectionStatus status) {
        var ids = new HashSet<String>();
        status.getTiers().forEach(tier -> ids.addAll(tier.getMemoryIds()));
        return ids;
    }

    /** When the tier's next attempt is due, in milliseconds since 1970; empty where it waits for none. */
    private static String due(ReflectionStatus status, Tier lane) {
        return status.getTiers().stream()
                .filter(tier -> tier.getTier() == lane && tier.getState() == ReflectionState.RETRYING)
                .map(tier -> tier.getNextAttemptAt() == null ? tier.getUpdatedAt() : tier.getNextAttemptAt())
                .map(due -> Long.toString(due.toEpochMilli()))
                .findFirst()
                .orElse("");
    }

    private static boolean isFinal(ReflectionState state) {
        return switch (state) {
            case COMPLETED, PARTIAL, FAILED, SKIPPED -> true;
            case QUEUED, RETRYING, UNKNOWN -> false;
        };
    }

    private static long number(Map<String, String> numbers, String name) {
        return Long.parseLong(numbers.getOrDefault(name, "0"));
    }

    /**
     * A page of the ids of all that a user sent and whose status is known.
     *
     * @param place 0, or where the page before ended
     */
    public List<String> interactions(UserKey user, long place, int limit) {
        return redis.zrange(idsKey(user), place, place + limit - 1);
    }

    private static long recordedAt(Interaction interaction) {
        return interaction.getReceivedAt() == null
                ? 0
                : interaction.getReceivedAt().toEpochMilli();
    }

    private static String text(String optional) {
        return optional == null ? "" : optional;
    }

    static String idsKey(UserKey user) {
        return "mr:ids:" + user;
    }

    private static UserKey user(Interaction interaction) {
        return new UserKey(interaction.getNamespace(), interaction.getUserId());
    }

    static String interactionKey(String id) {
        return "mr:interaction:" + id;
    }

    static String pendingKey(UserKey user) {
        return "mr:pending:" + user;
    }

    static String applyingKey(UserKey user) {
        return "mr:applying:" + user;
    }

    /** Users of a namespace of whom something final is not known to be in the long term. */
    static String unconfirmedKey(String namespace) {
        return "mr:unconfirmed:" + namespace;
    }

    /** When the last thousand interactions of a namespace, or of all, became final, and how long each took, in ms. */
    static String endsKey(String namespace) {
        return "mr:ends:" + namespace;
    }

    static String countsKey(UserKey user) {
        return "mr:counts:" + user;
    }
}
