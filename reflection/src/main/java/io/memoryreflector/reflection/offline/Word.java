package io.memoryreflector.reflection.offline;

import java.util.Locale;

/**
 * A word or mark of a sentence.
 *
 * @param tag its part of speech, one of the Universal Dependencies' (https://universaldependencies.org/u/pos)
 * @param start where it begins in the sentence
 */
record Word(String text, String tag, int start) {

    /** Where it ends, exclusive. */
    int end() {
        return start + text.length();
    }

    /** Whether its tag is one of these. */
    boolean is(String... tags) {
        for (var one : tags) {
            if (one.equals(tag)) {
                return true;
            }
        }
        return false;
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
