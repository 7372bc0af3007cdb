package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * When memories end: with the first of what they state themselves, what fills their slot next by event time, and what
 * names them as superseded. A function of the set of events, whatever their order; the graph's statements work out the
 * same, a batch at a time. Pure.
 */
public final class Validity {

    private Validity() {}

    /**
     * The end of each fact and procedure that has one, by memory id.
     *
     * @param memories of one user, each once; others than facts and procedures end never
     */
    public static Map<String, Instant> ends(Collection<? extends SpecificRecord> memories) {
        var ends = new HashMap<String, Instant>();
        var begins = new HashMap<String, Instant>();
        var slots = new HashMap<String, List<Fact>>();
        for (var memory : memories) {
            if (memory instanceof Fact fact) {
                begins.put(fact.getMemoryId(), fact.getValidFrom());
                end(ends, fact.getMemoryId(), fact.getValidTo());
                if (fact.getFunctional() && fact.getQuarantine() == null) {
                    slots.computeIfAbsent(Rows.slot(fact), slot -> new ArrayList<>())
                            .add(fact);
                }
            } else if (memory instanceof Procedure procedure) {
                begins.put(procedure.getMemoryId(), procedure.getValidFrom());
                end(ends, procedure.getMemoryId(), procedure.getValidTo());
            }
        }
        slots.values().forEach(facts -> endEachWithTheNext(facts, ends));
        for (var memory : memories) {
            superseded(memory)
                    .filter(begins::containsKey)
                    .filter(id -> !id.equals(id(memory)))
                    .forEach(id -> end(ends, id, later(begins.get(id), begins.get(id(memory)))));
        }
        return ends;
    }

    private static void endEachWithTheNext(List<Fact> facts, Map<String, Instant> ends) {
        facts.sort(Comparator.comparing(Fact::getValidFrom).thenComparing(Fact::getMemoryId));
        for (int i = 0; i + 1 < facts.size(); i++) {
            end(ends, facts.get(i).getMemoryId(), facts.get(i + 1).getValidFrom());
        }
    }

    private static Stream<String> superseded(SpecificRecord memory) {
        if (memory instanceof Fact fact) {
            return Rows.ended(fact.getQuarantine(), fact.getSupersedes()).stream();
        }
        return memory instanceof Procedure procedure
                ? Rows.ended(procedure.getQuarantine(), procedure.getSupersedes()).stream()
                : Stream.empty();
    }

    private static String id(SpecificRecord memory) {
        return memory instanceof Fact fact ? fact.getMemoryId() : ((Procedure) memory).getMemoryId();
    }

    /** Nothing ends before it begins. */
    private static Instant later(Instant begin, Instant end) {
        return end.isBefore(begin) ? begin : end;
    }

    private static void end(Map<String, Instant> ends, String id, Instant end) {
        Optional.ofNullable(end).ifPresent(at -> ends.merge(id, at, (a, b) -> a.isBefore(b) ? a : b));
    }
}
