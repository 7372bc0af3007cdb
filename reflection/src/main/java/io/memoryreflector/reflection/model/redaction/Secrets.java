package io.memoryreflector.reflection.model.redaction;

import java.util.regex.Pattern;

/** Finds keys and tokens by the marks that their makers gave them, private keys, and passwords that are told. */
final class Secrets {

    private static final String MARK = "[redacted:key]";

    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])(?:"
            + "sk-[A-Za-z0-9_-]{16,512}"
            + "|(?:AKIA|ASIA)[0-9A-Z]{16}"
            + "|gh[pousr]_[A-Za-z0-9]{30,512}|github_pat_[A-Za-z0-9_]{22,512}|glpat-[A-Za-z0-9_-]{20,512}"
            + "|xox[abeposr]-[A-Za-z0-9-]{10,512}"
            + "|AIza[0-9A-Za-z_-]{35}"
            + "|hf_[A-Za-z0-9]{30,512}"
            + "|[rs]k_(?:live|test)_[A-Za-z0-9]{16,512}"
            + "|eyJ[A-Za-z0-9_-]{8,8192}\\.[A-Za-z0-9_-]{8,8192}\\.[A-Za-z0-9_-]{0,8192}"
            + ")");

    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY-----");

    private static final String END = "-----END";

    private static final String DASHES = "-----";

    private static final String LABEL =
            "(?<![\\p{L}\\p{N}])((?:pass ?(?:word|phrase|code)|passwd|pwd|(?:api|secret|access|private)[ _-]?(?:key|token)|pin(?: code)?)[\"'`]?";

    private static final String SECRET = "(?!\\[redacted)[^\\s\"'`]{3,256}";

    /** "password: …" */
    private static final Pattern GIVEN =
            Pattern.compile(LABEL + "\\s{0,3}(?::=?|=>?)\\s{0,3}[\"'`]?)" + SECRET, Pattern.CASE_INSENSITIVE);

    /** "my password is …", but not "is wrong". */
    private static final Pattern TOLD = Pattern.compile(
            LABEL + "\\s{1,3}(?:is|was)(?: now)?:?\\s{1,3}[\"'`]?)"
                    + "(?!(?:not|wrong|too|very|the|an?|in|on|at|to|for|of|from|my|your|his|her|our|their|that|this|what|where|when|how"
                    + "|expired|correct|incorrect|right|working|broken|stored|saved|required|needed|optional|missing|empty"
                    + "|weak|strong|lost|forgotten|always|still|never|now|being|been|set|reset|changed|invalid|valid|same|different"
                    + "|secret|safe|secure|case|also|only|just|so|more|less|long|short|good|bad|easy|hard|old|new|gone|there|here)\\b)"
                    + SECRET,
            Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    static String redact(String text) {
        var withoutTokens = TOKEN.matcher(withoutPrivateKeys(text)).replaceAll(MARK);
        var withoutGiven = GIVEN.matcher(withoutTokens).replaceAll("$1" + MARK);
        return TOLD.matcher(withoutGiven).replaceAll("$1" + MARK);
    }

    /** From each beginning to the end that belongs to it; what has no end is taken whole. */
    private static String withoutPrivateKeys(String text) {
        var begins = PRIVATE_KEY.matcher(text);
        if (!begins.find()) {
            return text;
        }
        var redacted = new StringBuilder();
        var from = 0;
        do {
            redacted.append(text, from, begins.start()).append(MARK);
            var end = text.indexOf(END, begins.end());
            var close = end < 0 ? -1 : text.indexOf(DASHES, end + END.length());
            from = close < 0 ? text.length() : close + DASHES.length();
        } while (from < text.length() && begins.find(from));
        return redacted.append(text, from, text.length()).toString();
    }
}
