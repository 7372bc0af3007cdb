package io.memoryreflector.cli.output;

/** What others wrote, made safe for a terminal: on one line, and without the characters that steer it. */
public final class Plain {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final int DELETE_PICTURE = 0x2421;

    private Plain() {}

    /** The text on one line: white space becomes a space, other control characters become their pictures. */
    public static String line(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().map(Plain::shown).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** The same for a text of several lines, which keeps them. */
    public static String lines(String text) {
        return text.lines()
                .map(Plain::line)
                .reduce((above, below) -> above + "\n" + below)
                .orElse("");
    }

    private static int shown(int character) {
        if (Character.isWhitespace(character)) {
            return ' ';
        }
        if (character < ' ') {
            return CONTROL_PICTURES + character;
        }
        if (character == DELETE) {
            return DELETE_PICTURE;
        }
        return Character.isISOControl(character) || turnsDirection(character) ? '\uFFFD' : character;
    }

    /** What follows such a mark is not shown in the order in which it is written. */
    private static boolean turnsDirection(int character) {
        return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
    }
}
