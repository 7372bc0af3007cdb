package io.memoryreflector.ingest.transcripts;

import java.util.ArrayList;
import java.util.List;

/** Cuts a long text where it hurts least: between paragraphs, else lines, else sentences, else words. Pure. */
final class Pieces {

    private static final List<String> BREAKS = List.of("\n\n", "\n", ". ", " ");

    private Pieces() {}

    /**
     * The pieces in their order, none of them blank.
     *
     * @param most characters of one piece, at least 2
     */
    static List<String> of(String text, int most) {
        var pieces = new ArrayList<String>();
        var from = 0;
        while (from < text.length()) {
            var to = text.length() - from <= most ? text.length() : from + end(text.substring(from, from + most));
            var piece = text.substring(from, to).strip();
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            from = to;
        }
        return pieces;
    }

    private static int end(String window) {
        for (var end : BREAKS) {
            var at = window.lastIndexOf(end);
            if (at >= window.length() / 2) {
                return at + end.length();
            }
        }
        // Not between the halves of one character.
        return Character.isHighSurrogate(window.charAt(window.length() - 1)) ? window.length() - 1 : window.length();
    }
}
