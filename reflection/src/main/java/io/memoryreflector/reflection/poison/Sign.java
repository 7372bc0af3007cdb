package io.memoryreflector.reflection.poison;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One form of order.
 *
 * @param reason in a few words, for whoever looks at what is held back
 * @param words groups of words: each such order has at least one of each; looking for them is much cheaper than the pattern
 */
record Sign(String reason, Pattern pattern, List<List<String>> words) {

    static Sign of(String reason, String pattern, String... words) {
        return new Sign(reason, Pattern.compile(pattern), List.of(List.of(words)));
    }

    /** The same, of which it is known that it has one of these words too. */
    Sign with(String... more) {
        return new Sign(
                reason,
                pattern,
                Stream.concat(words.stream(), Stream.of(List.of(more))).toList());
    }

    /** Whether it is worth looking closer. */
    boolean mayBeIn(String text) {
        for (var group : words) {
            if (!holdsOneOf(group, text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsOneOf(List<String> words, String text) {
        for (var word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text holds it; in small letters, with single blanks. */
    boolean isIn(String text) {
        return mayBeIn(text) && pattern.matcher(text).find();
    }
}
