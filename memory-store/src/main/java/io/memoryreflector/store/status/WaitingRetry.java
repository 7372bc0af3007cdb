package io.memoryreflector.store.status;

import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.Optional;

/**
 * One tier of an interaction that waits for its next attempt.
 *
 * @param attempts made so far
 * @param dueAt when the next one is due
 * @param error the last failure
 */
public record WaitingRetry(
        String interactionId, Tier tier, UserKey user, int attempts, Instant dueAt, Optional<ErrorInfo> error) {}
