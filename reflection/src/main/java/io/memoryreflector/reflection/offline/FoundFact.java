package io.memoryreflector.reflection.offline;

import java.util.Locale;

/**
 * A fact that a sentence states.
 *
 * @param closes whether it ends with what is said
 * @param isTold whether it is an event, a plan or a liking, which is best told in the sentence's own words
 */
record FoundFact(
        String subject,
        String predicate,
        String object,
        String statement,
        boolean functional,
        boolean closes,
        boolean isTold) {

    /** What a sentence tells, as a fact. */
    static FoundFact of(Telling telling) {
        return new FoundFact(
                telling.subject(),
                telling.predicate(),
                telling.object(),
                telling.statement() + ".",
                false,
                false,
                true);
    }

    /** What tells it apart from the other facts of an interaction. */
    String identity() {
        return String.join("\u0000", subject, predicate, object, closes ? "closed" : "")
                .toLowerCase(Locale.ROOT);
    }

    /** Whether it says the same as another, in the same words or nearly. */
    boolean isSame(FoundFact other) {
        return identity().equals(other.identity())
                || isTold
                        && other.isTold
                        && subject.equalsIgnoreCase(other.subject)
                        && Overlap.isSame(statement, other.statement);
    }

    FoundFact withStatement(String told) {
        return new FoundFact(subject, predicate, object, told, functional, closes, isTold);
    }
}
