package io.memoryreflector.store.status;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one interaction. A final state is only shown once its memories are recallable; until then it is
 * {@code QUEUED}.
 *
 * @param tiers empty until the reflector has seen it
 * @param updatedAt of the last change that the reflector has told
 */
public record InteractionStatus(
        String interactionId,
        UserKey user,
        ReflectionState state,
        List<TierStatus> tiers,
        Optional<Instant> receivedAt,
        Optional<Instant> updatedAt) {}
