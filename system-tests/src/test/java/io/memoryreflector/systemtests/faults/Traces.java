package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.Tier;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the interactions of one line were found; one bit for each. One thread. */
final class Traces {

    static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    final BitSet inLog = new BitSet();
    final BitSet message = new BitSet();
    final BitSet onBoard = new BitSet();
    final Map<Tier, BitSet> memory = byTier();
    final Map<Tier, BitSet> graph = byTier();
    final Map<Tier, BitSet> parked = byTier();
    final Map<Tier, BitSet> failed = byTier();
    final Map<ReflectionState, BitSet> state = new EnumMap<>(ReflectionState.class);

    Traces() {
        for (var each : ReflectionState.values()) {
            state.put(each, new BitSet());
        }
    }

    /** The last state that was told. */
    void state(int number, ReflectionState now) {
        state.forEach((each, numbers) -> numbers.set(number, each == now));
    }

    private static Map<Tier, BitSet> byTier() {
        var bits = new EnumMap<Tier, BitSet>(Tier.class);
        TIERS.forEach(tier -> bits.put(tier, new BitSet()));
        return bits;
    }
}
