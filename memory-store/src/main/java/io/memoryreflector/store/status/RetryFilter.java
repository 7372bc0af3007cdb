package io.memoryreflector.store.status;

import io.memoryreflector.events.Tier;
import java.util.Optional;

/**
 * Which waiting attempts are meant; what is empty matches all.
 *
 * @param userId exactly this user, in any namespace unless one is given
 */
public record RetryFilter(Optional<Tier> tier, Optional<String> namespace, Optional<String> userId) {

    /** All of them. */
    public static final RetryFilter ALL = new RetryFilter(Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(Tier other) {
        return tier.isEmpty() || tier.get() == other;
    }

    boolean matches(WaitingRetry retry) {
        return matches(retry.tier())
                && (namespace.isEmpty() || namespace.get().equals(retry.user().namespace()))
                && (userId.isEmpty() || userId.get().equals(retry.user().userId()));
    }
}
