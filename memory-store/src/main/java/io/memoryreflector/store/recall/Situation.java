package io.memoryreflector.store.recall;

import java.util.regex.Pattern;

/** What the situation of a procedure is about, in the words in which somebody in it would speak. Pure. */
final class Situation {

    /** "Whenever I ask you for", "if we talk about", "before you suggest". */
    private static final Pattern FRAME = Pattern.compile(
            "^(?:when(?:ever)?|if|(?:every|each|any) ?time|before|after|while|for|in|on|with)\\s+"
                    + "(?:(?:i|we|you)\\s+(?:am |are )?(?:ask(?:ing)?|talk(?:ing)?|speak(?:ing)?|want|need|plan|share|mention|discuss|list|give|suggest|recommend|show)"
                    + "\\b(?:\\s+(?:me|you|us))?(?:\\s+(?:for|about|to))?\\s*)?",
            Pattern.CASE_INSENSITIVE);

    private Situation() {}

    /** "When I ask about recipes" is about "recipes". */
    static String of(String trigger) {
        var bare = FRAME.matcher(trigger.strip()).replaceFirst("");
        return bare.isBlank() ? trigger.strip() : bare;
    }
}
