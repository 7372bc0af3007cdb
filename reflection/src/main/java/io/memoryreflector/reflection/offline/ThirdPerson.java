package io.memoryreflector.reflection.offline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says in third person what someone says of themselves: "I run with my dog" is "Ana runs with their dog". Pure. */
final class ThirdPerson {

    private static final Map<String, String> PRONOUNS = Map.ofEntries(
            Map.entry("my", "their"),
            Map.entry("our", "their"),
            Map.entry("mine", "theirs"),
            Map.entry("ours", "theirs"),
            Map.entry("me", "them"),
            Map.entry("us", "them"),
            Map.entry("myself", "themselves"),
            Map.entry("ourselves", "themselves"),
            Map.entry("i", "they"),
            Map.entry("we", "they"));

    /** Past forms that do not end in "ed". */
    private static final Set<String> PAST = Set.of(
            ("was were had did went got made took saw came said told thought knew felt found gave left kept held brought"
                            + " bought taught caught sought fought built sent spent lent meant met read led fed bred sped slept swept"
                            + " wept lost won sat stood understood put set let cut hit hurt quit shut cost split spread bet cast"
                            + " ran swam sang began drank rang sank sprang shrank wrote rode drove rose chose spoke broke woke stole"
                            + " froze wore tore bore swore drew grew threw blew flew ate fell forgave forgot became overcame lay"
                            + " hid bit slid dealt heard sold paid laid shot stuck struck hung dug swung spun clung dreamt"
                            + " learnt burnt spelt shook mistook lit bound ground wound gone been done seen taken given written"
                            + " broken chosen driven eaten fallen known shown grown thrown worn begun drunk sung swum")
                    .split(" "));

    /** Plain forms that end in "ing" as participles do. */
    private static final Set<String> PLAIN =
            Set.of("bring", "sing", "ring", "cling", "swing", "spring", "string", "fling", "sting", "wring");

    private static final Set<String> MODAL =
            Set.of("will", "would", "can", "could", "should", "must", "might", "may", "shall", "to", "gonna", "gotta");

    private ThirdPerson() {}

    /**
     * The words from one to before another, said of someone.
     *
     * @param subject stands before the words, and has the verb that follows; empty where the words have a subject of their
     *     own
     * @param name stands for the first "I", "my" or "me" of the words; null where the subject names the speaker
     */
    static String told(String subject, String name, String sentence, List<Word> words, int from, int to) {
        var told = new StringBuilder(subject);
        var ofOne = !subject.isEmpty();
        var isVerbNext = ofOne;
        var unnamed = name;
        var isPresentOfOne = false;
        for (var i = from; i < to; i++) {
            var word = words.get(i);
            var lower = word.lower();
            if (i > from) {
                told.append(sentence, words.get(i - 1).end(), word.start());
            } else if (!subject.isEmpty()) {
                told.append(' ');
            }
            var isSpeaker = lower.equals("i") || lower.equals("we");
            if (isSpeaker) {
                isVerbNext = true;
                ofOne = unnamed != null;
            }
            if (unnamed != null && PRONOUNS.containsKey(lower)) {
                told.append(unnamed).append(lower.equals("my") || lower.equals("our") ? "'s" : "");
                unnamed = null;
            } else if (isVerbNext && word.is("VERB", "AUX")) {
                var verb = ofOne ? ofOne(word.text()) : ofMany(word.text());
                told.append(verb);
                isVerbNext = false;
                isPresentOfOne = ofOne && word.is("VERB") && !verb.equalsIgnoreCase(word.text());
            } else if (isPresentOfOne && word.is("VERB") && words.get(i - 1).is("CCONJ")) {
                told.append(ofOne(word.text()));
            } else {
                told.append(PRONOUNS.getOrDefault(lower, word.text()));
                isPresentOfOne &= !lower.equals("to");
                isVerbNext &= isSpeaker || word.is("ADV", "PART") || lower.equals("both") || lower.equals("all");
            }
        }
        return told.toString();
    }

    /** Whether a verb's form is a past one. */
    static boolean isPast(String verb) {
        var lower = verb.toLowerCase(Locale.ROOT);
        return PAST.contains(lower) || lower.endsWith("ed") && !lower.endsWith("eed") || lower.equals("agreed");
    }

    /** The form for one third person of the form for a first. */
    static String ofOne(String verb) {
        var lower = verb.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "am", "are":
                return "is";
            case "were":
                return "was";
            case "have":
                return "has";
            default:
        }
        if (MODAL.contains(lower) || isPast(lower) || lower.endsWith("ing") && !PLAIN.contains(lower)) {
            return lower;
        }
        if (lower.matches(".*(?:[sxz]|ch|sh|o)")) {
            return lower + "es";
        }
        return lower.matches(".*[^aeiou]y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }

    private static String ofMany(String verb) {
        return switch (verb.toLowerCase(Locale.ROOT)) {
            case "am", "is" -> "are";
            case "was" -> "were";
            default -> verb;
        };
    }
}
