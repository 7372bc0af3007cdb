package io.memoryreflector.store.recall;

/** What a ranking is made of, so that each can be left out and its worth be measured. */
public enum Ingredient {
    /** BM25 over the user's own memories. */
    WORDS,
    /** Cosine of the vectors. */
    MEANING,
    /** A turn takes part of the score of the turn before. */
    TURN_BEFORE,
    /** Memories gain where their session has a good one. */
    SESSION,
    /** Whom the question names, against who speaks or is spoken of. */
    SPEAKER,
    /** Who only asks, tells little. */
    ASKING,
    /** A question for a time is answered by what names one. */
    DATED,
    /** Times that the question names, against when it happened. */
    TIME,
    /** The situation in which a procedure applies. */
    SITUATION,
    /** Later goes before earlier, all else being equal. */
    RECENCY,
    /** What is no longer true stands behind what is. */
    CURRENCY
}
