package io.memoryreflector.ingest.erasures;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.ingest.log.EventLog;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.topic.Topics;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has something forgotten. Who asks must be allowed to: that is the caller's to check. Thread-safe. */
@Component
public final class Forgetting {

    private final EventLog log;
    private final Erasures erasures;
    private final InstantSource clock;

    Forgetting(EventLog log, Erasures erasures, InstantSource clock) {
        this.log = log;
        this.erasures = erasures;
        this.clock = clock;
    }

    /**
     * Has forgotten what was handed over up to now. Returns once the log has it; the stores follow within seconds.
     *
     * @param targetId null where all of the user is meant
     * @param reason null without one
     * @param idempotencyKey the same key, scope and target again is the same erasure, of the time of the first
     * @throws RequestProblem 503 if Kafka does not answer
     */
    public UserForgotten forget(
            UserKey user, ErasureScope scope, String targetId, String reason, Optional<String> idempotencyKey) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = idempotencyKey
                .map(key -> id(scope, isUnique(scope) ? "" : user.toString(), targetId, key))
                .orElseGet(() -> Ids.timeOrdered(now));
        var known = erasures.find(id);
        if (known.isPresent()) {
            return known.get();
        }
        var erasure = UserForgotten.newBuilder()
                .setErasureId(id)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setScope(scope)
                .setTargetId(targetId)
                .setErasedAt(now)
                .setReason(reason)
                .build();
        log.write(Topics.ERASURES, user, now, erasure);
        return erasure;
    }

    /** An erasure that was asked for before, of something that is not there any more to tell whose it was. */
    Optional<UserForgotten> known(ErasureScope scope, String targetId, Optional<String> idempotencyKey) {
        return idempotencyKey.flatMap(key -> erasures.find(id(scope, "", targetId, key)));
    }

    /** Whether the target's id is nobody else's. */
    private static boolean isUnique(ErasureScope scope) {
        return scope == ErasureScope.MEMORY || scope == ErasureScope.INTERACTION;
    }

    private static String id(ErasureScope scope, String owner, String targetId, String key) {
        return Ids.nameBased("erasure", owner, scope.name(), targetId == null ? "" : targetId, key);
    }
}
