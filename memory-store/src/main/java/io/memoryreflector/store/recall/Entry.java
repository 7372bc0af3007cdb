package io.memoryreflector.store.recall;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One memory and all that can be worked out of it before anybody asks. Immutable. */
final class Entry {

    /** Turns of a session stand side by side, in the order in which they were said. */
    static final Comparator<Entry> ORDER = Comparator.<Entry, String>comparing(entry -> entry.session)
            .thenComparing(entry -> !entry.isTurn)
            .thenComparing(entry -> entry.memory.occurredAt())
            .thenComparing(entry -> entry.memory.memoryId());

    private static final float[] NONE = {};
    private static final int BYTES = 700;
    static final int NO_PLACE = -1;

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

    final Tier tier;
    final long at;
    /** When it stopped being true, in milliseconds since 1970; {@link Long#MAX_VALUE} where it has not. */
    final long validTo;
    /** Its vector's in {@link VectorPages}; {@link #NO_PLACE} where they do not have it. */
    final int place;

    private Entry(Memory memory, float[] situation, int place) {
        this.place = place;
        this.memory = memory;
        this.situation = situation;
        this.session = memory.sessionId().orElse("");
        this.tier = memory.tier();
        this.isTurn = tier == Tier.EPISODIC || tier == Tier.UNKNOWN;
        this.messages = memory.sources().stream().map(Entry::message).toList();
        this.terms = TermCounts.of(memory.text());
        this.asking = isTurn ? Asking.share(memory.text()) : 0;
        this.isDated = Dates.isDated(memory.text());
        this.at = memory.occurredAt().toEpochMilli();
        this.validTo = memory.validTo().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    private Entry(Entry other, int place) {
        this.place = place;
        this.memory = other.memory;
        this.session = other.session;
        this.isTurn = other.isTurn;
        this.messages = other.messages;
        this.terms = other.terms;
        this.situation = other.situation;
        this.asking = other.asking;
        this.isDated = other.isDated;
        this.tier = other.tier;
        this.at = other.at;
        this.validTo = other.validTo;
    }

    /**
     * @param situation the vector of the situation that it names
     * @param place its vector's in {@link VectorPages}, or {@link #NO_PLACE}
     */
    static Entry of(Memory memory, Optional<float[]> situation, int place) {
        return new Entry(memory, situation.orElse(NONE), place);
    }

    /** The same with its vector at another place. */
    Entry at(int otherPlace) {
        return new Entry(this, otherPlace);
    }

    static String message(SourceRef source) {
        return source.getInteractionId() + ' ' + source.getMessageId();
    }

    /** About how many bytes it takes. */
    int weight() {
        return BYTES
                + memory.text().length() * 2
                + terms.distinct() * (Long.BYTES + Integer.BYTES)
                + (2 * memory.vector().length + situation.length) * Float.BYTES;
    }
}
