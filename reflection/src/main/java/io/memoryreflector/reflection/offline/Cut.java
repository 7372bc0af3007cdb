package io.memoryreflector.reflection.offline;

/** Shortens texts without splitting a character in two. */
final class Cut {

    private Cut() {}

    /** The text, or its beginning of at most so many chars. */
    static String to(int longest, String text) {
        if (text.length() <= longest) {
            return text;
        }
        var splits = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splits ? longest - 1 : longest);
    }
}
