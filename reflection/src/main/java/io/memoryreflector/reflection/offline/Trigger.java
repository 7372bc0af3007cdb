package io.memoryreflector.reflection.offline;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An instruction and the situation in which it applies, as in "for code reviews, start with the risks" and "don't use
 * jargon when you explain things". Pure.
 *
 * @param situation as said; null is always
 */
record Trigger(String situation, String instruction) {

    private static final Pattern BEFORE = Pattern.compile(
            "^((?:when(?:ever)?|if|every time|each time|any ?time|as soon as|once|before|after|while|every|each|for|in|on|at|with|during|about) [^,]{3,120}),\\s*(.{3,300})$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AFTER = Pattern.compile(
            "^(.{3,200}?)(?<!even),? ((?:when(?:ever)?|every time|each time|any ?time|before|after|once|if|while) (?:I|we|you|there|it|my|someone|somebody|anyone)\\b.{2,150})$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AT_END = Pattern.compile(
            "^(.{8,200}?) ((?:for|in|on|at|during) (?:my |all |any )?(?:\\p{Ll}{3,15} )?\\p{Ll}{3,15}(?<!s|u)s)$");

    /** A moment that comes once, or a phrase that is no situation. */
    private static final Pattern ONCE = Pattern.compile(
            "^(?:(?:when|if|once|as soon as|while|after|before) (?:you (?:have|get|can|could|want|like|wish|arrive|come|are (?:free|ready|done|back|home|there|here|at|in|bored|around)|will|ever|need|do not mind|would|see (?:him|her|them))|possible|needed|necessary|it (?:is|was) (?:ok|okay|possible|fine)|that|this|the|lunch|dinner|(?:I|we) (?:was|were|had|did|left|went|came|lived|win|get back|am back|arrive))\\b"
                    + "|(?:for|in|on|at|with|during|about) (?:this|that|the|these|those|now|once|me|you|us|today|tomorrow|tonight|dinner|lunch|breakfast|example|instance|sure|my (?:opinion|view|case|experience|life|heart|mind|part)|general|short|fact|addition|case|order|time|\\d|an?|your|his|her|their|\\p{L}+day|bullet|full|short|simple|plain|metric|complete)\\b).*",
            Pattern.CASE_INSENSITIVE);
    /** Who asks says when by what they do themselves, or by what the one who answers does. */
    private static final Pattern THEIRS = Pattern.compile(
            "^(?:whenever|every time|each time|any ?time|when \\p{L}+ing)\\b.*|^(?:every|each|any|before|after|for|in|on|at|with|during|about)\\b(?! time).*|.*\\b(?:I|me|my|we|our|us|someone|somebody|anyone)\\b.*"
                    + "|.*\\b(?:you (?:answer|reply|respond|write|give|send|explain|summari[sz]e|show|list|mention|suggest|recommend|draft|translate|use|quote|cite|review|plan|book|code|make|find|are (?:not )?(?:sure|unsure|certain)|do not know)|there)\\b.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern STYLE = Pattern.compile(
            ".*\\b(?:points|bullets|words|sentences|units|euros|dollars|francs|degrees|paragraphs|letters only|lists|tables|steps)$");

    /** The parts of a sentence without a mark at its end. */
    static Trigger in(String sentence) {
        var before = BEFORE.matcher(sentence);
        if (before.matches()) {
            return new Trigger(before.group(1), before.group(2));
        }
        var after = AFTER.matcher(sentence);
        if (after.matches()) {
            return new Trigger(after.group(2), after.group(1));
        }
        var atEnd = AT_END.matcher(sentence);
        if (atEnd.matches() && !STYLE.matcher(sentence).matches() && !isOnce(atEnd.group(2))) {
            return new Trigger(atEnd.group(2), atEnd.group(1));
        }
        return new Trigger(null, sentence);
    }

    /** The situation, if it is one that comes again. */
    Optional<String> standing() {
        return Optional.ofNullable(situation)
                .filter(words -> !isOnce(words) && THEIRS.matcher(words).matches());
    }

    private static boolean isOnce(String situation) {
        return ONCE.matcher(situation).matches();
    }
}
