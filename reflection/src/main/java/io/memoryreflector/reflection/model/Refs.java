package io.memoryreflector.reflection.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The short names by which a request and its answer speak of things, made from their places. */
final class Refs {

    private static final Pattern REF = Pattern.compile("([IKM])([1-9][0-9]{0,5})(?:\\.([1-9][0-9]{0,5}))?");

    private Refs() {}

    static String known(int place) {
        return "K" + (place + 1);
    }

    static String interaction(int place) {
        return "I" + (place + 1);
    }

    static String context(int place) {
        return "C" + (place + 1);
    }

    static String message(int interaction, int place) {
        return interaction(interaction) + "." + (place + 1);
    }

    /** Of a session. */
    static String memory(int place) {
        return "M" + (place + 1);
    }

    /** Place of the known fact, if it is one of so many. */
    static Optional<Integer> knownPlace(String ref, int count) {
        return place("K", ref, count);
    }

    /** Place of the interaction, if it is one of so many. */
    static Optional<Integer> interactionPlace(String ref, int count) {
        return place("I", ref, count);
    }

    /** Place of the session's memory, if it is one of so many. */
    static Optional<Integer> memoryPlace(String ref, int count) {
        return place("M", ref, count);
    }

    private static Optional<Integer> place(String letter, String ref, int count) {
        var match = REF.matcher(ref.strip());
        return match.matches() && match.group(1).equals(letter) && match.group(3) == null
                ? place(match.group(2), count)
                : Optional.empty();
    }

    /** Place of the message, if it is one of so many in this interaction. */
    static Optional<Integer> messagePlace(String ref, int interaction, int count) {
        var match = REF.matcher(ref.strip());
        var isOfInteraction = match.matches()
                && match.group(3) != null
                && (match.group(1) + match.group(2)).equals(interaction(interaction));
        return isOfInteraction ? place(match.group(3), count) : Optional.empty();
    }

    private static Optional<Integer> place(String number, int count) {
        var place = Integer.parseInt(number) - 1;
        return place < count ? Optional.of(place) : Optional.empty();
    }
}
