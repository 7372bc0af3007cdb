package io.memoryreflector.reflection.offline;

/**
 * A fact that a sentence states.
 *
 * @param closes whether it ends with what is said
 */
record FoundFact(
        String subject, String predicate, String object, String statement, boolean functional, boolean closes) {}
