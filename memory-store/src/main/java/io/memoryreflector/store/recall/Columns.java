package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;

/**
 * What a question looks at of every memory, each kind side by side: looked up behind ten thousand memories it would take
 * longer than what is worked out of it. Filled by one thread, and from then on only read.
 */
final class Columns {

    /** When it happened, in milliseconds since 1970. */
    final long[] at;
    /** When it stopped being true, in milliseconds since 1970; {@link Long#MAX_VALUE} where it has not. */
    final long[] validTo;

    final Tier[] tier;
    final boolean[] isTurn;
    final boolean[] isDated;
    final double[] asking;
    /** Of its text, in terms. */
    final int[] length;
    /** Of its vector in {@link VectorPages}; {@link Entry#NO_PLACE} where they do not have it. */
    final int[] place;
    /** Empty where it has none. */
    final float[][] vector;

    Columns(int size) {
        at = new long[size];
        validTo = new long[size];
        tier = new Tier[size];
        isTurn = new boolean[size];
        isDated = new boolean[size];
        asking = new double[size];
        length = new int[size];
        place = new int[size];
        vector = new float[size][];
    }

    void set(int index, Entry entry) {
        at[index] = entry.at;
        validTo[index] = entry.validTo;
        tier[index] = entry.tier;
        isTurn[index] = entry.isTurn;
        isDated[index] = entry.isDated;
        asking[index] = entry.asking;
        length[index] = entry.terms.length();
        place[index] = entry.place;
        vector[index] = entry.memory.vector();
    }

    /** Copies all of these to a place in others. */
    void copyTo(Columns others, int from) {
        copy(at, others.at, from, at.length);
        copy(validTo, others.validTo, from, at.length);
        copy(tier, others.tier, from, at.length);
        copy(isTurn, others.isTurn, from, at.length);
        copy(isDated, others.isDated, from, at.length);
        copy(asking, others.asking, from, at.length);
        copy(length, others.length, from, at.length);
        copy(place, others.place, from, at.length);
        copy(vector, others.vector, from, at.length);
    }

    private static void copy(Object column, Object other, int from, int size) {
        System.arraycopy(column, 0, other, from, size);
    }
}
