package io.memoryreflector.reflection.offline;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How much two texts say the same, by the beginnings of their words. Pure. */
final class Overlap {

    private static final int LONGER_WORD = 4;
    private static final int STEM = 5;
    private static final double SAME = 0.8;

    private Overlap() {}

    /** How many longer words of a text stand in none of the others. */
    static int unsaid(String text, Collection<String> others) {
        var said = words(String.join(" ", others));
        return (int) words(text).stream()
                .filter(word -> word.length() >= LONGER_WORD && !said.contains(word))
                .count();
    }

    /** Whether two texts differ in few words, none of which is a number or a no. */
    static boolean isSame(String one, String other) {
        var all = new HashSet<>(words(one));
        var both = new HashSet<>(all);
        all.addAll(words(other));
        both.retainAll(words(other));
        var differing = new HashSet<>(all);
        differing.removeAll(both);
        return both.size() >= SAME * all.size()
                && differing.stream().noneMatch(word -> word.matches("not?|never|longe|.*\\d.*"));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, Math.min(word.length(), STEM)))
                .collect(Collectors.toSet());
    }
}
