package io.memoryreflector.store.status;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of all that a user sent. {@code pending == 0} says that all of it is recallable.
 *
 * @param received interactions that the log has
 * @param completed of them, with all tiers
 * @param partial with one tier failed
 * @param failed with more tiers failed
 * @param skipped while nothing was to be reflected
 * @param pending accepted and not yet final, or final and not yet recallable
 */
public record UserStatus(
        long received,
        long completed,
        long partial,
        long failed,
        long skipped,
        long pending,
        Optional<Instant> lastInteractionAt) {}
