package io.memoryreflector.store.recall;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.store.longterm.Memory;
import java.util.Comparator;
import java.util.List;

/** One memory and all that can be worked out of it before anybody asks. Immutable. */
final class Entry {

    /** Turns of a session stand side by side, in the order in which they were said. */
    static final Comparator<Entry> ORDER = Comparator.<Entry, String>comparing(entry -> entry.session)
            .thenComparing(entry -> !entry.isTurn)
            .thenComparing(entry -> entry.memory.occurredAt())
            .thenComparing(entry -> entry.memory.memoryId());

    private static final float[] NONE = {};
    private static final int BYTES = 600;

    final Memory memory;

    final String session;
    /** Whether it tells what was said: an episode, or a turn that none is made of yet. */
    final boolean isTurn;
    /** The messages that it rests on. */
    final List<String> messages;

    final TermCounts terms;
    /** Of the situation that it names; empty where it names none. */
    final float[] situation;
    /** The share of it that only asks, 0 to 1. */
    final double asking;

    final boolean isDated;
    final long at;

    private Entry(Memory memory, float[] situation) {
        this.memory = memory;
        this.situation = situation;
        this.session = memory.sessionId().orElse("");
        this.isTurn = memory.tier() == Tier.EPISODIC || memory.tier() == Tier.UNKNOWN;
        this.messages = memory.sources().stream().map(Entry::message).toList();
        this.terms = TermCounts.of(memory.text());
        this.asking = isTurn ? Asking.share(memory.text()) : 0;
        this.isDated = Dates.isDated(memory.text());
        this.at = memory.occurredAt().toEpochMilli();
    }

    static Entry of(Memory memory) {
        return new Entry(memory, NONE);
    }

    static Entry of(Memory memory, float[] situation) {
        return new Entry(memory, situation);
    }

    static String message(SourceRef source) {
        return source.getInteractionId() + ' ' + source.getMessageId();
    }

    /** About how many bytes it takes. */
    int weight() {
        return BYTES
                + memory.text().length() * 2
                + terms.distinct() * (Long.BYTES + Integer.BYTES)
                + (memory.vector().length + situation.length) * Float.BYTES;
    }
}
