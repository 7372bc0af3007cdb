package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.ReflectionState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param recoveries from the end of each fault until an interaction sent then was recallable; empty where it was not
 *     within five minutes
 * @param fed how long the writers took
 * @param settled from the first interaction until all was quiet
 * @param notes what happened beside the faults
 */
record Verdict(
        Plan plan,
        long acknowledged,
        Audit.Result result,
        List<Recovery> recoveries,
        Duration fed,
        Duration settled,
        List<String> notes) {

    /** How long the system took after a fault. */
    record Recovery(Fault fault, Optional<Duration> took) {}

    /** Whether nothing is missing, nothing is there twice and every fault was recovered from. */
    boolean isClean() {
        return result.findings().none()
                && recoveries.stream().allMatch(each -> each.took().isPresent());
    }

    Findings findings() {
        return result.findings();
    }

    /** The table, for people. */
    String table() {
        var table = new StringBuilder();
        row(table, "seed", plan.seed());
        row(table, "faults", recoveries.size());
        row(table, "in (acknowledged, each id once)", acknowledged);
        row(table, "records in the log (repeats included)", result.logged());
        row(table, "completed", state(ReflectionState.COMPLETED));
        row(table, "partial", state(ReflectionState.PARTIAL));
        row(table, "failed", state(ReflectionState.FAILED));
        result.parkedByKind().forEach((kind, count) -> row(table, "parked: " + kind, count));
        Arrays.stream(Flaw.values())
                .forEach(flaw -> row(table, flaw.words(), findings().count(flaw)));
        var times = recoveries.stream()
                .flatMap(each -> each.took().stream())
                .sorted()
                .toList();
        if (!times.isEmpty()) {
            row(table, "time to recover, median", seconds(times.get(times.size() / 2)));
            row(table, "time to recover, longest", seconds(times.get(times.size() - 1)));
        }
        row(table, "faults not recovered from within 5 min", recoveries.size() - times.size());
        row(table, "taken in", rate(acknowledged, fed));
        row(table, "done in all stores", rate(acknowledged, settled));
        row(table, "verdict", isClean() ? "clean" : "NOT CLEAN");
        for (var flaw : findings().flaws()) {
            table.append("  ")
                    .append(flaw)
                    .append(": ")
                    .append(findings().examples(flaw))
                    .append('\n');
        }
        notes.forEach(note -> table.append("  note: ").append(note).append('\n'));
        return table.toString();
    }

    private long state(ReflectionState state) {
        return result.states().getOrDefault(state, 0L);
    }

    private static void row(StringBuilder table, String name, Object value) {
        table.append(String.format(Locale.ROOT, "  %-62s %s%n", name, value));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String rate(long count, Duration time) {
        return String.format(
                Locale.ROOT, "%s, %.0f a second", seconds(time), count * 1000.0 / Math.max(1, time.toMillis()));
    }

    /** Of all recoveries from faults of a kind. */
    Map<Fault.Kind, List<Recovery>> byKind() {
        return recoveries.stream().collect(java.util.stream.Collectors.groupingBy(each -> each.fault()
                .kind()));
    }
}
