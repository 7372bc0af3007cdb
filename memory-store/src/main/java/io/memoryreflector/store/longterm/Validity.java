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
import org.apache.avro.specific.SpecificRecord;

/**
 * When memories end: with the first of what they state themselves, what fills their slot next by event time, and what
 * names them as superseded. A function of the set of memories, whatever their order; the graph's statements work out the
 * same, a batch at a time. Pure.
 */
public final class Validity {

    private Validity() {}

    /**
     * What of a fact or procedure says when it and others end.
     *
     * @param slot that holds one value at a time; empty where it fills none
     * @param statedEnd its own; empty where it has none
     * @param supersedes memories that it ends
     */
    record Claim(
            String memoryId,
            Optional<String> slot,
            Instant validFrom,
            Optional<Instant> statedEnd,
            List<String> supersedes) {

        /** What an event claims; empty for what never ends. */
        static Optional<Claim> of(SpecificRecord event) {
            if (event instanceof Fact fact) {
                var fills = fact.getFunctional() && fact.getQuarantine() == null;
                return Optional.of(new Claim(
                        fact.getMemoryId(),
                        fills ? Optional.of(Rows.slot(fact)) : Optional.empty(),
                        fact.getValidFrom(),
                        Optional.ofNullable(fact.getValidTo()),
                        Rows.ended(fact.getQuarantine(), fact.getSupersedes())));
            }
            return event instanceof Procedure procedure
                    ? Optional.of(new Claim(
                            procedure.getMemoryId(),
                            Optional.empty(),
                            procedure.getValidFrom(),
                            Optional.ofNullable(procedure.getValidTo()),
                            Rows.ended(procedure.getQuarantine(), procedure.getSupersedes())))
                    : Optional.empty();
        }
    }

    /**
     * The end of each fact and procedure that has one, by memory id.
     *
     * @param memories of one user, each once; others than facts and procedures end never
     */
    public static Map<String, Instant> ends(Collection<? extends SpecificRecord> memories) {
        return endsOf(
                memories.stream().flatMap(memory -> Claim.of(memory).stream()).toList());
    }

    /** The end of each that has one. */
    static Map<String, Instant> endsOf(Collection<Claim> claims) {
        var ends = new HashMap<String, Instant>();
        var begins = new HashMap<String, Instant>();
        var slots = new HashMap<String, List<Claim>>();
        for (var claim : claims) {
            begins.put(claim.memoryId, claim.validFrom);
            claim.statedEnd.ifPresent(end -> end(ends, claim.memoryId, end));
            claim.slot.ifPresent(slot ->
                    slots.computeIfAbsent(slot, unknown -> new ArrayList<>()).add(claim));
        }
        slots.values().forEach(filling -> endEachWithTheNext(filling, ends));
        for (var claim : claims) {
            claim.supersedes.stream()
                    .filter(id -> begins.containsKey(id) && !id.equals(claim.memoryId))
                    .forEach(id -> end(ends, id, later(begins.get(id), claim.validFrom)));
        }
        return ends;
    }

    private static void endEachWithTheNext(List<Claim> filling, Map<String, Instant> ends) {
        filling.sort(Comparator.comparing(Claim::validFrom).thenComparing(Claim::memoryId));
        for (int i = 0; i + 1 < filling.size(); i++) {
            end(ends, filling.get(i).memoryId, filling.get(i + 1).validFrom);
        }
    }

    /** Nothing that is superseded ends before it begins. */
    private static Instant later(Instant begin, Instant end) {
        return end.isBefore(begin) ? begin : end;
    }

    private static void end(Map<String, Instant> ends, String id, Instant end) {
        ends.merge(id, end, (one, other) -> one.isBefore(other) ? one : other);
    }
}
