package io.memoryreflector.reflection.model;

import io.memoryreflector.state.KnownFact;
import java.util.List;

/**
 * A fact that a model found.
 *
 * @param messages places in the interaction of what it rests on, at least one
 * @param replaced known facts that it takes the place of
 * @param singleValued whether a later one of the same subject and predicate closes it
 * @param ended whether it is told that it no longer holds
 */
record FoundFact(
        List<Integer> messages,
        List<KnownFact> replaced,
        String subject,
        String predicate,
        String object,
        String statement,
        boolean singleValued,
        boolean ended,
        double confidence)
        implements Found {
    @Override
    public String text() {
        return statement;
    }
}
