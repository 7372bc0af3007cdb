package io.memoryreflector.systemtests.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to become of tasks by the stub's record, where each call holds one interaction: pure.
 *
 * @param retries attempts that failed in passing and were followed by another
 * @param exhausted tasks that are parked after their last attempt
 * @param permanent tasks that are parked because of a refusal, or an answer that a repair did not mend
 * @param completed tasks that are reflected
 */
record Expected(int retries, int exhausted, int permanent, int completed) {

    private record Task(String tier, String text) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return (tier + "\n" + text).compareTo(other.tier + "\n" + other.text);
        }
    }

    static Expected of(List<Call> calls, int maxRetries) {
        var tasks = new TreeMap<Task, Fate>();
        for (var call : calls) {
            if (call.texts().size() != 1) {
                throw new IllegalArgumentException(
                        "a call holds " + call.texts().size() + " interactions");
            }
            tasks.computeIfAbsent(new Task(call.tier(), call.texts().get(0)), task -> new Fate())
                    .add(call);
        }
        return count(tasks, maxRetries);
    }

    private static Expected count(Map<Task, Fate> tasks, int maxRetries) {
        var retries = 0;
        var exhausted = 0;
        var permanent = 0;
        var completed = 0;
        for (var fate : tasks.values()) {
            retries += Math.min(fate.passing, maxRetries);
            exhausted += fate.passing > maxRetries ? 1 : 0;
            permanent += fate.permanent;
            completed += fate.completed;
        }
        return new Expected(retries, exhausted, permanent, completed);
    }

    /** What the calls of one task add up to. */
    private static final class Fate {
        private int passing;
        private int permanent;
        private int completed;

        void add(Call call) {
            if (call.outcome().passes()) {
                passing++;
            } else if (call.outcome() == Outcome.OK) {
                completed++;
            } else if (!call.outcome().isInvalidAnswer() || call.repair()) {
                permanent++;
            }
        }
    }
}
