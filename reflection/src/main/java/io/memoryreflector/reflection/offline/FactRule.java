package io.memoryreflector.reflection.offline;

import java.util.regex.Pattern;

/**
 * What a clause says of its subject, by the words that its predicate begins with.
 *
 * @param words begin the predicate; what follows them is the object
 * @param predicate the fact's relation
 * @param telling the statement after the subject, with {@code %s} for the object and {@code %v} for the words found
 * @param object what the object has to look like
 * @param functional whether a subject has one current object
 * @param closes whether the fact ends with what is said, as in "no longer"
 * @param event whether it tells of an event or a plan, whose time belongs to the statement
 */
record FactRule(
        Pattern words,
        String predicate,
        String telling,
        Shape object,
        boolean functional,
        boolean closes,
        boolean event) {

    /** What a rule takes as an object. */
    enum Shape {
        /** Any noun phrase. */
        ANY,
        /** A name, capitalised. */
        NAME,
        /** What one does: a verb and the rest of the clause. */
        DEED,
        /** A deed with a time. */
        DATED_DEED,
        /** An occupation. */
        OCCUPATION,
        /** Something that can be owned. */
        THING,
        /** A language. */
        LANGUAGE,
        /** Nothing: the words themselves are the object. */
        NONE
    }

    static FactRule of(String words, String predicate, String telling, Shape object) {
        return new FactRule(Pattern.compile("(?:" + words + ")\\b"), predicate, telling, object, false, false, false);
    }

    FactRule one() {
        return new FactRule(words, predicate, telling, object, true, closes, event);
    }

    FactRule ended() {
        return new FactRule(words, predicate, telling, object, functional, true, event);
    }

    FactRule happening() {
        return new FactRule(words, predicate, telling, object, functional, closes, true);
    }
}
