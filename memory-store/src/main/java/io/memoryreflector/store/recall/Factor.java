package io.memoryreflector.store.recall;

/**
 * Multiplies the score of each memory; 1 leaves it as it is.
 *
 * @param name as explanations give it
 */
record Factor(String name, Of of) {

    /** The factor of one memory. */
    @FunctionalInterface
    interface Of {
        double memory(int index);
    }

    private static final Of NONE = index -> 1;

    static Factor none(String name) {
        return new Factor(name, NONE);
    }

    /** Whether it changes any score. */
    boolean multiplies() {
        return of != NONE;
    }

    double at(int index) {
        return of.memory(index);
    }
}
