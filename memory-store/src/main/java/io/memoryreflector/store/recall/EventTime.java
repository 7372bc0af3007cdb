package io.memoryreflector.store.recall;

import io.memoryreflector.store.recall.TimeWindow.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** "Before the trip to Rome", "after I moved": a time that only the memories know. Pure. */
final class EventTime {

    private static final Pattern EVENT = Pattern.compile(
            "\\b(before|after|since)\\s+((?:the|a|an|my|our|his|her|their|i|we|he|she|they|[A-Z]\\w+)\\b[^?.,;]{2,80})");

    /** So much of the event's words, by their worth, has to stand in the memory that tells of it. */
    private static final double MOST = 0.6;

    private EventTime() {}

    /** The time on one side of the event that a question names; empty if no memory tells of it. */
    static Optional<TimeWindow> in(String question, UserMemories memories) {
        var found = EVENT.matcher(question);
        if (!found.find()) {
            return Optional.empty();
        }
        var event = TermCounts.of(found.group(2));
        var scores = Words.scores(memories, event);
        var best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0 && (best < 0 || isBetter(memories, scores, i, best)) && tellsOf(memories.get(i), event)) {
                best = i;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        var at = memories.columns().at[best];
        var moment = new Span(at, at + 1);
        return Optional.of(new TimeWindow(List.of(found.group(1).equals("before") ? moment.before() : moment.after())));
    }

    private static boolean isBetter(UserMemories memories, double[] scores, int one, int other) {
        return scores[one] > scores[other]
                || scores[one] == scores[other]
                        && memories.get(one)
                                        .memory
                                        .memoryId()
                                        .compareTo(memories.get(other).memory.memoryId())
                                < 0;
    }

    private static boolean tellsOf(Entry entry, TermCounts event) {
        var held = 0;
        for (var hash : event.hashes()) {
            held += java.util.Arrays.binarySearch(entry.terms.hashes(), hash) >= 0 ? 1 : 0;
        }
        return held >= MOST * event.distinct();
    }
}
