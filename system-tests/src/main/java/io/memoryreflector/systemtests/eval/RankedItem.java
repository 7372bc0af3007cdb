package io.memoryreflector.systemtests.eval;

import java.util.Set;

/**
 * One place of a ranking.
 *
 * @param messages that it rests on
 * @param tokens of its text, about
 */
record RankedItem(Set<String> messages, int tokens) {

    /** An item that cites more is a bundle: it counts for none of them. */
    private static final int MOST_MESSAGES = 3;

    private static final int CHARACTERS_PER_TOKEN = 4;

    static RankedItem of(Set<String> messages, String text) {
        return new RankedItem(messages, Math.max(1, text.length() / CHARACTERS_PER_TOKEN));
    }

    /** The messages that it counts for. */
    Set<String> counted() {
        return messages.size() > MOST_MESSAGES ? Set.of() : messages;
    }
}
