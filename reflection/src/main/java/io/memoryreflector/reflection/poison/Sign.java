package io.memoryreflector.reflection.poison;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One form of order.
 *
 * @param reason in a few words, for whoever looks at what is held back
 * @param words of which each such order has at least one; looking for them is much cheaper than the pattern
 */
record Sign(String reason, Pattern pattern, List<String> words) {

    static Sign of(String reason, String pattern, String... words) {
        return new Sign(reason, Pattern.compile(pattern), List.of(words));
    }

    /** Whether it is worth looking closer. */
    boolean mayBeIn(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** Whether a text holds it; in small letters, with single blanks. */
    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }
}
