package io.memoryreflector.store.recall;

import java.util.regex.Pattern;

/** Texts that name a time, and questions that ask for one. Pure. */
final class Dates {

    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:(?:19|20)\\d\\d|January|February|March|April|May|June|July|August|September|October|November|December)\\b"
                    + "|(?i:\\b(?:yesterday|today|tonight|tomorrow|ago"
                    + "|(?:last|next|this) (?:week|weekend|month|year|night|summer|winter|spring|autumn|fall|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\\b)");
    private static final Pattern ASKED = Pattern.compile(
            "\\b(?:when|how long|since when|(?:what|which) (?:date|day|week|month|year|time)|how (?:many|much) (?:days|weeks|months|years|time))\\b",
            Pattern.CASE_INSENSITIVE);

    /** "Where was I when it rained?" asks for no time. */
    private static final int EARLY = 12;

    private Dates() {}

    static boolean isDated(String text) {
        return NAMED.matcher(text).find();
    }

    static boolean areAskedFor(String question) {
        var asked = ASKED.matcher(question);
        return asked.find() && asked.start() < EARLY;
    }
}
