package io.memoryreflector.store.retention;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Retiring;
import io.memoryreflector.store.longterm.Retiring.Cutoffs;
import io.memoryreflector.store.longterm.Retiring.Raw;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.status.KnownStates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * Goes from user to user and takes out of both stores what has been kept for long enough, in bounded steps. A repeat goes
 * on with what is left, and two at once do each other's work; neither does harm. Thread-safe.
 */
public final class Cleaning {

    private static final int USERS_AT_ONCE = 200;
    private static final int AT_ONCE = 500;

    private final Retiring graph;
    private final KnownStates states;
    private final ShortTermMemory shortTerm;
    private final Duration statusRetention;
    private final InstantSource clock;

    /** @param statusRetention how long the status of an interaction is known, and its dead letters are kept */
    public Cleaning(
            Retiring graph,
            KnownStates states,
            ShortTermMemory shortTerm,
            Duration statusRetention,
            InstantSource clock) {
        this.graph = graph;
        this.states = states;
        this.shortTerm = shortTerm;
        this.statusRetention = statusRetention;
        this.clock = clock;
    }

    /**
     * Cleans until it is through or the time is up.
     *
     * @param retention of each namespace
     * @param deadline after which no further step is begun
     */
    public Cleaned run(Scope scope, Function<String, Retention> retention, Instant deadline) {
        var now = clock.instant();
        var done = Cleaned.NOTHING;
        var last = scope.after();
        while (true) {
            var cutoffs = graph.users(last, scope.until(), USERS_AT_ONCE).stream()
                    .map(user -> cutoffs(user, retention.apply(user.namespace()), now))
                    .toList();
            if (cutoffs.isEmpty()) {
                return done;
            }
            dropTurns(cutoffs);
            var due = graph.due(cutoffs);
            for (var cutoff : cutoffs) {
                if (due.contains(cutoff.user())) {
                    done = done.plus(clean(cutoff, deadline, now));
                }
                if (isOver(deadline)) {
                    return done.stoppedAt(last);
                }
                last = cutoff.user().toString();
            }
        }
    }

    private static Cutoffs cutoffs(UserKey user, Retention retention, Instant now) {
        return new Cutoffs(
                user,
                Retention.before(retention.interactions(), now),
                Retention.before(retention.sessions(), now),
                Retention.before(retention.memories(), now));
    }

    /** Tier 1 is a copy that goes by itself; for who says little it would keep too long. */
    private void dropTurns(List<Cutoffs> cutoffs) {
        var times = new HashMap<UserKey, Instant>();
        for (var cutoff : cutoffs) {
            if (cutoff.interactions().isAfter(Instant.EPOCH)) {
                times.put(cutoff.user(), cutoff.interactions());
            }
        }
        shortTerm.dropBefore(times);
    }

    private Cleaned clean(Cutoffs cutoff, Instant deadline, Instant now) {
        var user = cutoff.user();
        var interactions = interactions(cutoff, deadline, now);
        var sessions = inSteps(deadline, () -> graph.cleanSessions(user, cutoff.sessions(), AT_ONCE));
        var memories = inSteps(deadline, () -> graph.cleanMemories(user, cutoff.memories(), AT_ONCE));
        return interactions.plus(new Cleaned(0, sessions, memories, 0, Optional.empty()));
    }

    private Cleaned interactions(Cutoffs cutoff, Instant deadline, Instant now) {
        var cleaned = 0L;
        var kept = 0L;
        var last = Raw.NONE;
        var page = List.<Raw>of();
        do {
            page = graph.interactions(cutoff.user(), cutoff.interactions(), last, AT_ONCE);
            if (!page.isEmpty()) {
                var reflected = reflected(cutoff.user(), page, now);
                cleaned += graph.cleanInteractions(cutoff.user(), reflected, now);
                kept += page.size() - reflected.size();
                last = page.get(page.size() - 1);
            }
        } while (page.size() == AT_ONCE && !isOver(deadline));
        return new Cleaned(cleaned, 0, 0, kept, Optional.empty());
    }

    private List<Raw> reflected(UserKey user, List<Raw> page, Instant now) {
        var known = states.of(user, page.stream().map(Raw::interactionId).toList());
        var cited = graph.cited(
                user,
                page.stream()
                        .map(Raw::interactionId)
                        .filter(id -> !known.containsKey(id))
                        .toList());
        var outlived = now.minus(statusRetention);
        var reflected = new ArrayList<Raw>();
        for (var raw : page) {
            var id = raw.interactionId();
            if (Reflected.is(
                    Optional.ofNullable(known.get(id)),
                    cited.contains(id),
                    raw.since().isBefore(outlived))) {
                reflected.add(raw);
            }
        }
        return reflected;
    }

    private long inSteps(Instant deadline, IntSupplier step) {
        var all = 0L;
        var cleaned = AT_ONCE;
        while (cleaned == AT_ONCE && !isOver(deadline)) {
            cleaned = step.getAsInt();
            all += cleaned;
        }
        return all;
    }

    private boolean isOver(Instant deadline) {
        return !clock.instant().isBefore(deadline);
    }
}
