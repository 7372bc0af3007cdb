package io.memoryreflector.ingest.deadletters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One dead letter in the index. Immutable.
 *
 * @param heading of the letter that was parked last
 * @param timesParked how often it was parked
 * @param firstFailureAt of all times that it was parked
 * @param earlier failures of the times that it was parked before, oldest first, the last few
 * @param actions oldest first, the last few
 */
record Entry(Heading heading, int timesParked, Instant firstFailureAt, List<Failure> earlier, List<Action> actions) {

    private static final int MAX_EARLIER = 10;
    private static final int MAX_ACTIONS = 20;

    static Entry first(Heading heading) {
        return new Entry(heading, 1, heading.failure().firstAt(), List.of(), List.of());
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
        var newer = again.place().compareTo(place()) > 0;
        var latest = newer ? again : heading;
        var before = new ArrayList<>(earlier);
        before.add((newer ? heading : again).failure());
        before.sort(Comparator.comparing(Failure::lastAt));
        var first = again.failure().firstAt().isBefore(firstFailureAt)
                ? again.failure().firstAt()
                : firstFailureAt;
        return new Entry(latest, timesParked + 1, first, last(before, MAX_EARLIER), actions);
    }

    /** With what was done; a deed that is known already changes nothing. */
    Entry acted(Action action) {
        if (actions.stream().anyMatch(action::same)) {
            return this;
        }
        var all = new ArrayList<>(actions);
        all.add(action);
        return new Entry(heading, timesParked, firstFailureAt, earlier, last(all, MAX_ACTIONS));
    }

    private static <T> List<T> last(List<T> all, int count) {
        return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
    }
}
