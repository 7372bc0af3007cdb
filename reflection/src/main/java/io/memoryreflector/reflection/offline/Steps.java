package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds a sequence of steps: a numbered list, or "first …, then …, finally …". */
final class Steps {

    private static final Pattern NUMBERED =
            Pattern.compile("(?m)^\\s{0,4}(?:step )?(\\d{1,2})[.):]\\s+(\\S[^\\n]{1,300})$", Pattern.CASE_INSENSITIVE);
    private static final Pattern INLINE =
            Pattern.compile("(?:^|[\\s:])(\\d)[.)] ([^\\d\\n]{3,200}?)(?=[,;.]? \\d[.)] |[.;]?$)");
    private static final Pattern HOW = Pattern.compile(
            "\\b(?:when(?:ever)?|every time|how (?:I|you|to|we)|steps?|procedure|routine|workflow|process|follow|always|do (?:it|this)|like this|in this order|please)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRIGGER = Pattern.compile(
            "\\b((?:when(?:ever)?|every time|each time|before|after) [^,:.\\n]{3,120})[,:]", Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST = Pattern.compile(
            "(?:^|[,:;] |\\b(?:please|always) )first(?:ly)?,? (?!I |we |he |she |they |my |the |of |it |time|day|was|thing)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT = Pattern.compile(
            "(?:[,;.]\\s*|\\s)(?:and )?(?:second(?:ly)?|then|next|after that|afterwards|finally|lastly|at last),? ",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NARRATED = Pattern.compile(
            "^(?:I|we|he|she|they|it|my|you|there|that|the)\\b.*|^\\p{L}{2,12}ed\\b.*|^(?:went|had|got|was|were|did|made|took|saw|came)\\b.*",
            Pattern.CASE_INSENSITIVE);

    private Steps() {}

    /** The sequence in a message, if there is one that tells how to do something. */
    static Optional<FoundProcedure> in(String text) {
        var plain = text.replace('\u2019', '\'');
        return numbered(plain, NUMBERED).or(() -> numbered(plain, INLINE)).or(() -> inWords(plain));
    }

    /** Whether a sentence only tells a part of the sequence. */
    static boolean isPartOf(String sentence, FoundProcedure sequence) {
        return sequence.steps().stream().anyMatch(step -> sentence.contains(step.replaceAll("[.!]$", "")))
                || sequence.trigger() != null && sentence.contains(sequence.trigger());
    }

    private static Optional<FoundProcedure> numbered(String text, Pattern item) {
        var steps = new ArrayList<String>();
        var items = item.matcher(text);
        var start = -1;
        while (items.find()) {
            if (Integer.parseInt(items.group(1)) != steps.size() + 1) {
                return Optional.empty();
            }
            start = start < 0 ? items.start() : start;
            steps.add(items.group(2).strip());
        }
        if (steps.size() < 2 || !HOW.matcher(text.substring(0, start)).find()) {
            return Optional.empty();
        }
        return sequence(text.substring(0, start), steps);
    }

    private static Optional<FoundProcedure> inWords(String text) {
        for (var sentence : Sentences.of(text)) {
            var first = FIRST.matcher(sentence);
            if (sentence.endsWith("?") || !first.find()) {
                continue;
            }
            var steps = new ArrayList<String>();
            for (var step : NEXT.split(sentence.substring(first.end()))) {
                steps.add(step.strip().replaceAll("[.,;!\\s]+$", ""));
            }
            steps.removeIf(String::isEmpty);
            if (steps.size() >= 2
                    && steps.stream().noneMatch(step -> NARRATED.matcher(step).matches())) {
                return sequence(sentence.substring(0, first.start() + 1), steps);
            }
        }
        return Optional.empty();
    }

    private static Optional<FoundProcedure> sequence(String intro, List<String> steps) {
        var trigger = TRIGGER.matcher(intro + ":");
        var when = trigger.find() ? trigger.group(1).strip() : null;
        var instruction = intro.strip().replaceAll("[:,\\s]+$", "");
        var told = instruction.length() < 3 || instruction.equals(when) ? "Follow these steps" : instruction;
        return Optional.of(new FoundProcedure("steps", when, told, List.copyOf(steps), "do"));
    }
}
