package io.memoryreflector.reflection.offline;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How much two texts say the same, by the beginnings of their longer words. Pure. */
final class Overlap {

    private static final int SHORTEST_WORD = 4;
    private static final int STEM = 5;

    private Overlap() {}

    /** How many words of a text stand in none of the others. */
    static int unsaid(String text, Collection<String> others) {
        var said = words(String.join(" ", others));
        return (int) words(text).stream().filter(word -> !said.contains(word)).count();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .map(word -> word.substring(0, Math.min(word.length(), STEM)))
                .collect(Collectors.toSet());
    }
}
