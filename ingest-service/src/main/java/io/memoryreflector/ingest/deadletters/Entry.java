package io.memoryreflector.ingest.deadletters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One dead letter in the index. Immutable.
 *
 * @param heading of the letter that was parked last
 * @param timesParked how often it was parked
 * @param firstFailureAt of all times that it was parked
 * @param actions oldest first, the last few
 */
record Entry(Heading heading, int timesParked, Instant firstFailureAt, List<Action> actions) {

    private static final int MAX_ACTIONS = 20;

    static Entry first(Heading heading) {
        return new Entry(heading, 1, heading.failure().firstAt(), List.of());
    }

    String id() {
        return heading.id();
    }

    Place place() {
        return heading.place();
    }

    LetterState state() {
        for (var i = actions.size() - 1; i >= 0; i--) {
            if (actions.get(i).meant(place())) {
                return actions.get(i).state();
            }
        }
        return LetterState.PARKED;
    }

    /** The same dead letter, parked at another time as well. */
    Entry parked(Heading again) {
        var latest = again.place().compareTo(place()) > 0 ? again : heading;
        var first = again.failure().firstAt().isBefore(firstFailureAt)
                ? again.failure().firstAt()
                : firstFailureAt;
        return new Entry(latest, timesParked + 1, first, actions);
    }

    /** With what was done; a deed that is known already changes nothing. */
    Entry acted(Action action) {
        if (actions.stream().anyMatch(action::same)) {
            return this;
        }
        var all = new ArrayList<>(actions);
        all.add(action);
        var kept = all.subList(Math.max(0, all.size() - MAX_ACTIONS), all.size());
        return new Entry(heading, timesParked, firstFailureAt, List.copyOf(kept));
    }
}
