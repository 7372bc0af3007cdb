package io.memoryreflector.store.retention;

import io.memoryreflector.events.ReflectionState;
import java.util.Optional;

/** Whether an interaction is reflected, so that its text may go: pure. */
final class Reflected {

    private Reflected() {}

    /**
     * What failed or waits is not, nor what was skipped. Where no status is known any more a memory that rests on it
     * tells, or its age: after the time that statuses are kept for, its dead letters are gone too, and nothing will
     * reflect it.
     *
     * @param state that is known
     * @param cited whether a memory rests on it
     * @param outlived whether it is older than statuses are kept
     */
    static boolean is(Optional<ReflectionState> state, boolean cited, boolean outlived) {
        return state.map(known -> switch (known) {
                    case COMPLETED, PARTIAL -> true;
                    case QUEUED, RETRYING, FAILED, SKIPPED, UNKNOWN -> false;
                })
                .orElse(cited || outlived);
    }
}
