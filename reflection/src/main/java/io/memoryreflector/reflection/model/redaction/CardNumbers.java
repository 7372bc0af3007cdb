package io.memoryreflector.reflection.model.redaction;

/** Finds the numbers of payment cards: 13 to 19 digits, blanks or dashes between them, with the right check digit. */
final class CardNumbers {

    private static final String MARK = "[redacted:card]";

    private static final int SHORTEST = 13;

    private static final int LONGEST = 19;

    private CardNumbers() {}

    static String redact(String text) {
        var redacted = new StringBuilder();
        var from = 0;
        var at = 0;
        while (at < text.length()) {
            var end = isStart(text, at) ? end(text, at) : -1;
            if (end < 0) {
                at++;
                continue;
            }
            redacted.append(text, from, at).append(MARK);
            at = end;
            from = end;
        }
        return from == 0 ? text : redacted.append(text, from, text.length()).toString();
    }

    /** Cards begin with 2 to 6, where no other digit stands before. */
    private static boolean isStart(String text, int at) {
        var digit = text.charAt(at);
        return digit >= '2' && digit <= '6' && (at == 0 || !isDigit(text.charAt(at - 1)));
    }

    /** Where the longest card number from here ends, or -1. */
    private static int end(String text, int start) {
        var digits = new StringBuilder(LONGEST);
        var end = -1;
        for (var at = start; at < text.length() && digits.length() < LONGEST; at++) {
            var character = text.charAt(at);
            if (isDigit(character)) {
                digits.append(character);
                var isLast = at + 1 == text.length() || !isDigit(text.charAt(at + 1));
                if (isLast && digits.length() >= SHORTEST && checkDigitIsRight(digits)) {
                    end = at + 1;
                }
            } else if (!isSeparator(character) || !isDigit(text.charAt(at - 1))) {
                break;
            }
        }
        return end;
    }

    /** Luhn's sum. */
    private static boolean checkDigitIsRight(CharSequence digits) {
        var sum = 0;
        for (var place = 0; place < digits.length(); place++) {
            var digit = digits.charAt(digits.length() - 1 - place) - '0';
            var weighed = place % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isSeparator(char character) {
        return character == ' ' || character == '-' || character == '\u00a0';
    }
}
