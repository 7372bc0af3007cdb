package io.memoryreflector.reflection.model;

/** Something that a model found in an interaction: in terms of places in it, so that the same text may have other ids. */
sealed interface Found permits FoundEpisode, FoundFact, FoundProcedure {

    /** What its vector is made of. */
    String text();
}
