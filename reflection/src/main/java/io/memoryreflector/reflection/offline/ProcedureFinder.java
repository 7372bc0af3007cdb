package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a user asks to be done from now on. Pure. */
final class ProcedureFinder {

    /** What an assistant does: the verbs that an instruction begins with. */
    private static final String VERB =
            "(?:answer|reply|respond|use|give|write|keep|show|make|send|include|add|avoid|explain|summari[sz]e"
                    + "|call|address|remind|format|list|ask|check|stop|speak|talk|tell|put|start|begin|end|finish|skip|translate|limit|mention|suggest"
                    + "|recommend|provide|offer|assume|refer|quote|cite|warn|confirm|convert|round|sort|book|schedule|order|treat|be|stick"
                    + "|follow|apologi[sz]e|repeat|prefer|draft|sign|run|test|double-check|highlight|break|notify|ping|leave|omit|share|get|do)";
    /** What instructions about style are about. */
    private static final String STYLE =
            "(?:answers?|repl(?:y|ies)|responses?|explanations?|summar(?:y|ies)|messages?|bullet points?|bullets|tables?|lists?"
                    + "|emojis?|jargon|tone|headings?|code|examples?|units?|metric|celsius|fahrenheit|format|short|brief|concise|formal|informal|casual"
                    + "|english|german|french|spanish|italian|portuguese|dutch|chinese|japanese|step by step|steps|details?|detailed|sources|links|steps?|paragraphs?|sentences?|words)";

    private static final Pattern STANDING = Pattern.compile(
            "\\b(?:always|never|from now on|from here on|in (?:the )?future|going forward|every time|each time|whenever|by default|any ?time)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:please|pls|also|and|ok(?:ay)?|so|but|hey|hi|oh|btw|by the way|just|could you|can you|would you|you (?:should|must|can|need to)|i (?:want|need|would like|would love) you to|i (?:want|need) it to|make sure (?:you|to)|be sure to|assistant)\\b[,:]?\\s*){1,4}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STANDING_LEAD = Pattern.compile(
            "^(?:from now on|from here on|in (?:the )?future|going forward|by default)\\b[,:]?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRIGGER = Pattern.compile(
            "^((?:when(?:ever)?|if|every time|each time|any ?time|before|after|for|in) [^,]{3,120}),\\s*(.{3,300})$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRIGGER_AFTER = Pattern.compile(
            "^(.{3,200}?),? ((?:when(?:ever)?|every time|each time|any ?time) (?:I|we|you|there|it|my|someone)\\b.{2,150})$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DO = Pattern.compile("^(?:always )?" + VERB + "\\b.{2,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ALWAYS = Pattern.compile("^always " + VERB + "\\b.{2,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern AVOID = Pattern.compile(
            "^(?:never (?:ever )?" + VERB + "\\b|(?:do not|stop) (?:ever )?" + VERB
                    + "(?:ing)?\\b|avoid\\b|stop [a-z]{3,12}ing\\b|no more\\b).{2,}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_STYLE =
            Pattern.compile("^(?:no|without) (?:\\w{2,12} ){0,2}" + STYLE + "\\b.{0,60}", Pattern.CASE_INSENSITIVE);
    private static final Pattern IDIOM = Pattern.compile(
            "^(?:do not|never) (?:mention it|be (?:silly|sorry|afraid|shy|ridiculous)|get me wrong|tell me)\\b|^never been\\b|^be (?:right|there|back)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KEEP_STYLE = Pattern.compile(
            "^(?:keep|make|write|give|use|format|answer|reply|respond|explain|speak|talk|stick|limit|be)\\b.{0,60}\\b"
                    + STYLE + "\\b.{0,120}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STYLE_OBJECT = Pattern.compile(
            "\\b(?:your|all|my|the|answers|replies|responses|explanations|summaries|messages|emojis|jargon|short|brief|concise)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_OFF = Pattern.compile(
            "\\b(?:this (?:email|text|one|time|letter|paragraph|code|list)|the following|for me (?:to|a|an)|below|above|an? (?:email|poem|letter|story|list|table|summary|essay|recipe|script|function|example|short|brief))\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CALL_ME = Pattern.compile(
            "^call me (?!when|later|back|at|if|on|tomorrow|today|tonight|in|after|before|crazy|old|maybe|asap|once|anytime|again|soon|now)(?:[\\p{L}'.-]{2,20})(?: [\\p{Lu}][\\p{L}'.-]{1,20})?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REMEMBER_TO = Pattern.compile(
            "^(?:remember to (?:always )?|(?:do not|never) forget to (?:always )?(?=" + VERB
                    + "\\b))(?!take care|stay|have fun|enjoy|relax|rest|breathe|prepare|be (?:kind|yourself)).{3,}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PREFER_STYLE = Pattern.compile(
            "^I (?:would )?(?:really |generally |usually |always )?(?:prefer (?:to be called|if you|that you|it when you|you to|(?:\\w{2,12} ){0,3}"
                    + STYLE
                    + "\\b)|(?:like|love) it (?:when|if) you|would rather you|would like you to|want (?:you to always|your|all (?:your )?|the) ?(?:\\w{2,12} ){0,2}"
                    + STYLE + "|need your " + STYLE + "|(?:want|like) (?:my|your) " + STYLE + ")\\b.{0,200}",
            Pattern.CASE_INSENSITIVE);

    private ProcedureFinder() {}

    /** The standing instructions in a user's message, in order. */
    static List<FoundProcedure> in(String text) {
        var found = new LinkedHashMap<String, FoundProcedure>();
        var steps = Steps.in(text);
        steps.ifPresent(sequence -> found.put(sequence.text(), sequence));
        for (var sentence : Sentences.own(text)) {
            if (steps.isPresent() && Steps.isPartOf(sentence, steps.get())) {
                continue;
            }
            for (var part : sentence.split("; ")) {
                inSentence(part).ifPresent(procedure -> found.putIfAbsent(procedure.text(), procedure));
            }
        }
        return new ArrayList<>(found.values());
    }

    private static Optional<FoundProcedure> inSentence(String sentence) {
        var isQuestion = sentence.endsWith("?");
        var isStanding = STANDING.matcher(sentence).find();
        if (isQuestion && !isStanding) {
            return Optional.empty();
        }
        var bare = sentence.replaceAll("[.!?\\s]+$", "");
        if (PREFER_STYLE.matcher(bare).lookingAt()) {
            return Optional.of(new FoundProcedure("preference", null, bare, List.of(), "do"));
        }
        var rest = LEAD.matcher(bare).replaceFirst("");
        rest = LEAD.matcher(STANDING_LEAD.matcher(rest).replaceFirst("")).replaceFirst("");
        String trigger = null;
        var before = TRIGGER.matcher(rest);
        var after = TRIGGER_AFTER.matcher(rest);
        if (before.matches()) {
            trigger = before.group(1);
            rest = LEAD.matcher(before.group(2)).replaceFirst("");
        } else if (after.matches()) {
            trigger = after.group(2);
            rest = after.group(1);
        }
        rest = rest.replaceAll(",? (?:please|thanks|thank you|ok|okay)$", "")
                .replaceAll(",? (?:from now on|in future|in the future|going forward)$", "");
        return instruction(rest, trigger, isStanding);
    }

    private static Optional<FoundProcedure> instruction(String rest, String trigger, boolean isStanding) {
        if (IDIOM.matcher(rest).find()) {
            return Optional.empty();
        }
        var isAvoided = AVOID.matcher(rest).matches() || NO_STYLE.matcher(rest).matches();
        if (isAvoided
                && (isStanding || trigger != null || !ONE_OFF.matcher(rest).find())) {
            return Optional.of(found(trigger, rest, "avoid"));
        }
        if (CALL_ME.matcher(rest).matches()
                || REMEMBER_TO.matcher(rest).matches()
                || ALWAYS.matcher(rest).matches()) {
            return Optional.of(found(trigger, rest, "do"));
        }
        var isInstruction = DO.matcher(rest).matches();
        if (isInstruction && (isStanding || trigger != null && isAboutThem(trigger))) {
            return Optional.of(found(trigger, rest, "do"));
        }
        var isStyle =
                KEEP_STYLE.matcher(rest).matches() && STYLE_OBJECT.matcher(rest).find();
        return isStyle && !ONE_OFF.matcher(rest).find() ? Optional.of(found(trigger, rest, "do")) : Optional.empty();
    }

    private static boolean isAboutThem(String trigger) {
        return trigger.matches(
                "(?i)(?:when(?:ever)?|every time|each time|any ?time|if) (?:I|we|my|there)\\b.*|(?i)(?:when(?:ever)?|every time|each time|if) you (?:answer|reply|write|give|send|explain|summari[sz]e|show|list|mention|suggest|recommend|draft|translate|use|need|are (?:not )?(?:sure|unsure))\\b.*|(?i)(?:for|in) (?:all |any |every |code |work |my ).*");
    }

    private static FoundProcedure found(String trigger, String instruction, String polarity) {
        return new FoundProcedure(
                "instruction", trigger == null ? null : capital(trigger), capital(instruction), List.of(), polarity);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
