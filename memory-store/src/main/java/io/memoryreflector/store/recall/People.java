package io.memoryreflector.store.recall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who speaks or is spoken of in a user's memories, and whom a question names: by the first name or the whole, and, where
 * they have no name, the user by "I" and the assistant by "you". Immutable.
 */
final class People {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** As reflectors call those of whom only the role is known. */
    private static final Map<String, Set<String>> PRONOUNS =
            Map.of("user", Set.of("i", "me", "my", "mine", "myself"), "assistant", Set.of("you", "your", "yours"));

    private final List<List<String>> names;
    private final int[][] of;

    private People(List<List<String>> names, int[][] of) {
        this.names = names;
        this.of = of;
    }

    static People of(List<Entry> entries) {
        var known = new HashMap<String, Integer>();
        var names = new ArrayList<List<String>>();
        var of = new int[entries.size()][];
        for (int i = 0; i < of.length; i++) {
            var people = entries.get(i).memory.people();
            of[i] = new int[people.size()];
            for (int j = 0; j < of[i].length; j++) {
                var name = people.get(j);
                of[i][j] = known.computeIfAbsent(name, unknown -> {
                    names.add(words(name));
                    return names.size() - 1;
                });
            }
        }
        return new People(names, of);
    }

    /** The numbers of those whom a text names. */
    BitSet namedIn(String text) {
        var words = new HashSet<>(words(text));
        var named = new BitSet();
        for (int person = 0; person < names.size(); person++) {
            var name = names.get(person);
            if (!name.isEmpty() && (words.contains(name.get(0)) && isFirstName(name) || isMeant(name, words))) {
                named.set(person);
            }
        }
        return named;
    }

    /** Whether a memory is of one of those. */
    boolean isOfAny(int index, BitSet persons) {
        for (var person : of[index]) {
            if (persons.get(person)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMeant(List<String> name, Set<String> words) {
        var pronouns = name.size() == 1 ? PRONOUNS.get(name.get(0)) : null;
        return words.containsAll(name) || pronouns != null && pronouns.stream().anyMatch(words::contains);
    }

    /** "Ada Lovelace" begins with one, "user's sister" does not. */
    private static boolean isFirstName(List<String> name) {
        return name.size() == 2 && !PRONOUNS.containsKey(name.get(0));
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var found = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }
}
