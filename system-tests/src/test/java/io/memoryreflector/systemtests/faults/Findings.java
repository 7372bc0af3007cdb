package io.memoryreflector.systemtests.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flaws that were found, with some examples of each. One thread. */
final class Findings {

    private static final int EXAMPLES = 5;

    private final Map<Flaw, Long> counts = new EnumMap<>(Flaw.class);
    private final Map<Flaw, List<String>> examples = new EnumMap<>(Flaw.class);

    void add(Flaw flaw, String example) {
        counts.merge(flaw, 1L, Long::sum);
        var some = examples.computeIfAbsent(flaw, unused -> new ArrayList<>());
        if (some.size() < EXAMPLES) {
            some.add(example);
        }
    }

    long count(Flaw flaw) {
        return counts.getOrDefault(flaw, 0L);
    }

    Set<Flaw> flaws() {
        return Set.copyOf(counts.keySet());
    }

    boolean none() {
        return counts.isEmpty();
    }

    List<String> examples(Flaw flaw) {
        return examples.getOrDefault(flaw, List.of());
    }
}
