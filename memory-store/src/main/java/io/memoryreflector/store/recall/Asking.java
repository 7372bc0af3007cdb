package io.memoryreflector.store.recall;

import java.util.regex.Pattern;

/** Who asks "How have you been?" tells nothing; who asks "What can I give my sister?" tells of a sister. Pure. */
final class Asking {

    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+[.!?]*");
    private static final Pattern SELF =
            Pattern.compile("\\b(?:I|my|me|mine|we|our|ours|us)\\b", Pattern.CASE_INSENSITIVE);

    private Asking() {}

    /** The share of a text, by characters, that are questions in which nobody speaks of themselves. */
    static double share(String text) {
        if (text.indexOf('?') < 0) {
            return 0;
        }
        var all = 0;
        var asking = 0;
        var sentences = SENTENCE.matcher(text);
        while (sentences.find()) {
            var sentence = sentences.group();
            all += sentence.length();
            if (sentence.endsWith("?") && !SELF.matcher(sentence).find()) {
                asking += sentence.length();
            }
        }
        return all == 0 ? 0 : (double) asking / all;
    }
}
