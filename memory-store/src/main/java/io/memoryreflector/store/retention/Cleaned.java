package io.memoryreflector.store.retention;

import java.util.Optional;

/**
 * What one run has done.
 *
 * @param interactions whose text was removed
 * @param sessions whose summary was removed
 * @param memories that were removed
 * @param kept interactions that are due and stay, because they are not reflected
 * @param stoppedAt the last user that is done, where the time was up before the last one
 */
public record Cleaned(long interactions, long sessions, long memories, long kept, Optional<String> stoppedAt) {

    static final Cleaned NOTHING = new Cleaned(0, 0, 0, 0, Optional.empty());

    /** Whether it came to the last user. */
    public boolean isComplete() {
        return stoppedAt.isEmpty();
    }

    Cleaned plus(Cleaned other) {
        return new Cleaned(
                interactions + other.interactions,
                sessions + other.sessions,
                memories + other.memories,
                kept + other.kept,
                stoppedAt);
    }

    Cleaned stoppedAt(String user) {
        return new Cleaned(interactions, sessions, memories, kept, Optional.of(user));
    }
}
