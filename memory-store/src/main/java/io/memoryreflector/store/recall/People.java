package io.memoryreflector.store.recall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom a question names of those who speak or are spoken of in a user's memories: by the first name or the whole, and,
 * where they have no name, the user by "I" and the assistant by "you". Pure.
 */
final class People {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** As reflectors call those of whom only the role is known. */
    private static final Map<String, Set<String>> PRONOUNS =
            Map.of("user", Set.of("i", "me", "my", "mine", "myself"), "assistant", Set.of("you", "your", "yours"));

    private People() {}

    /** Those whom a text names. */
    static List<String> namedIn(String text, Collection<String> people) {
        var words = new HashSet<>(words(text));
        return people.stream().filter(person -> isNamed(words(person), words)).toList();
    }

    private static boolean isNamed(List<String> name, Set<String> words) {
        if (name.isEmpty()) {
            return false;
        }
        var pronouns = name.size() == 1 ? PRONOUNS.getOrDefault(name.get(0), Set.of()) : Set.<String>of();
        return words.containsAll(name)
                || isFirstName(name) && words.contains(name.get(0))
                || pronouns.stream().anyMatch(words::contains);
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
