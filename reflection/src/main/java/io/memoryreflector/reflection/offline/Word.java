package io.memoryreflector.reflection.offline;

/**
 * A word or mark of a sentence.
 *
 * @param tag its part of speech, one of the Universal Dependencies' (https://universaldependencies.org/u/pos)
 * @param start where it begins in the sentence
 */
record Word(String text, String tag, int start) {

    int end() {
        return start + text.length();
    }

    boolean is(String... tags) {
        for (var one : tags) {
            if (one.equals(tag)) {
                return true;
            }
        }
        return false;
    }

    String lower() {
        return text.toLowerCase(java.util.Locale.ROOT);
    }
}
