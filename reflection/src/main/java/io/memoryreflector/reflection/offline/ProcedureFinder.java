package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a user asks to be done from now on. Pure. */
final class ProcedureFinder {

    private static final int INSENSITIVE = Pattern.CASE_INSENSITIVE;

    /** What an assistant does: verbs that an instruction without another sign may begin with. */
    private static final String VERB =
            "(?:answer|reply|respond|use|give|write|keep|show|make|send|include|add|avoid|explain|summari[sz]e"
                    + "|call|address|remind|format|list|ask|check|stop|speak|talk|tell|put|start|begin|end|finish|skip|translate|limit|mention|suggest"
                    + "|recommend|provide|offer|assume|refer|quote|cite|warn|confirm|convert|round|sort|book|schedule|order|treat|be|stick"
                    + "|follow|apologi[sz]e|repeat|prefer|draft|sign|run|test|double-check|highlight|break|notify|ping|leave|omit|share|get|do)";

    /** What instructions about style are about. */
    private static final String STYLE =
            "(?:answers?|repl(?:y|ies)|responses?|explanations?|summar(?:y|ies)|messages?|bullet points?|bullets|tables?|lists?"
                    + "|emojis?|jargon|tone|headings?|code|examples?|units?|metric|celsius|fahrenheit|format|short|brief|concise|formal|informal|casual|blunt|honest|direct|critical|polite|patient|friendly|serious"
                    + "|english|german|french|spanish|italian|portuguese|dutch|chinese|japanese|step by step|steps|details?|detailed|sources|links|steps?|paragraphs?|sentences?|words"
                    + "|feedback|spelling|clock|spoilers?|hints?|prose|print|font|slang|markdown|comments|greetings?|currency|abbreviations?)";

    /** What a user has made time and again. */
    private static final String WORK =
            "(?:reports?|e-?mails?|letters?|notes|minutes|code|commits?|commit messages|invoices?|slides|presentations?|recipes?|workouts?|summaries"
                    + "|documents?|messages|posts?|texts|drafts?|translations?|lists?|plans?|schedules?|meals?|essays?|articles?|tests|functions|answers|replies)";

    private static final Pattern STANDING = Pattern.compile(
            "\\b(?:always|never|ever|from now on|from here on|in (?:the )?future|going forward|every time|each time|whenever|by default|any ?time"
                    + "|as a rule|in general|generally|as a matter of principle|unless I|until I say|(?:every|each) (?:day|morning|evening|week|month|lesson|meeting|session|\\p{L}+day)"
                    + "|(?:everything|anything) (?:you|I)|from (?:today|this day|this moment|now) on(?:wards?)?|starting (?:today|now)|all (?:your|you|of your)|at all times|no matter what I)\\b",
            INSENSITIVE);
    private static final String REQUEST =
            "could you|can you|would you|will you|you (?:should|must|can|need to|have to)|i (?:want|need|would like|would love|expect|prefer) you to"
                    + "|i (?:want|need) it to|make sure (?:you|to|that you)|be sure to|it (?:would|will) be (?:great|nice|good|helpful|lovely|best|better|perfect) if you (?:could |would )?";
    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:just so you know|please|pls|also|and|ok(?:ay)?|just|so|but|hey|hi|oh|btw|by the way|well|anyway|for the record|for your information|fyi"
                    + "|one more thing|one thing|note that|quick note|a request|assistant|kindly|" + REQUEST
                    + ")(?:\\b|(?<= ))[,:]?\\s*){1,4}",
            INSENSITIVE);
    private static final Pattern STANDING_LEAD = Pattern.compile(
            "^(?:from (?:now|here|today|this day|this moment) on(?:wards?)?|starting (?:today|now)|in (?:the )?future|going forward|by default|as a rule|in general|generally|until I say otherwise)\\b[,:]?\\s*",
            INSENSITIVE);
    private static final Pattern ASKED =
            Pattern.compile("^(?:please |ok,? |hey,? )?(?:could|can|would|will) you\\b", INSENSITIVE);
    private static final Pattern DO = Pattern.compile("^(?:always )?" + VERB + "\\b.{2,}", INSENSITIVE);
    private static final Pattern ALWAYS = Pattern.compile("^always " + VERB + "\\b.{2,}", INSENSITIVE);
    private static final Pattern AVOID = Pattern.compile(
            "^(?:never (?:ever )?" + VERB + "\\b|(?:do not|stop) (?:ever )?" + VERB
                    + "(?:ing)?\\b|avoid\\b|stop [a-z]{3,12}ing\\b|no more\\b|refrain from\\b).{2,}",
            INSENSITIVE);

    /** Whom an order concerns if it is meant for the one who answers. */
    private static final Pattern ABOUT_US = Pattern.compile(
            "\\b(?:I|me|my|mine|us|our)\\b|\\byour (?:\\p{L}+ )?(?:" + STYLE
                    + "|suggestions?|recommendations?|questions?)\\b|\\b" + STYLE
                    + "\\b|\\b(?:us(?:e|ing)|suggest|recommend|includ|add|mention|apologi[sz]|repeat|quot|cit|assum|translat|summari[sz])",
            INSENSITIVE);

    private static final Pattern NOT = Pattern.compile("^(?:never|do not|stop|no|without|avoid)\\b", INSENSITIVE);
    private static final Pattern LEFT_OUT = Pattern.compile(
            "^(?:always |just )?(?:leave (?:\\p{L}+ )?out|omit|skip|exclude|refrain|drop)\\b|^I do not\\b|\\byou (?:did not|do not|would not|never|not|stopped)\\b",
            INSENSITIVE);
    private static final Pattern NO_STYLE =
            Pattern.compile("^(?:no|without) (?:\\w{2,12} ){0,2}" + STYLE + "\\b.{0,60}", INSENSITIVE);
    private static final Pattern NOT_STYLE =
            Pattern.compile("^(?:never|do not) [\\p{L}-]{2,15} .{0,60}\\b" + STYLE + "\\b.{0,80}", INSENSITIVE);
    private static final Pattern IDIOM = Pattern.compile(
            "^(?:do not|never) (?:mention it|be (?:silly|sorry|afraid|shy|ridiculous)|get me wrong|tell me|give up|stop (?:dreaming|believing|learning)|say never|mind|be (?:late|early))\\b|^remember,|^(?:know|feel free|let(?! me know$)|lemme)\\b|^keep (?:it up|going|up|at|in touch|\\p{L}+ing)\\b|^never been\\b|^be (?:right|there|back)\\b",
            INSENSITIVE);

    /** What is wished to someone for their own life. */
    private static final Pattern ADVICE = Pattern.compile(
            "\\b(?:yourself|your (?!" + STYLE + "\\b|(?:\\p{L}+ )?" + STYLE
                    + "\\b|suggestions?|recommendations?|questions?|work|reasoning|guess|search))",
            INSENSITIVE);

    private static final Pattern KEEP_STYLE = Pattern.compile(
            "^(?:keep|make|write|give|use|format|answer|reply|respond|explain|speak|talk|stick|limit|be|stay)\\b.{0,60}\\b"
                    + STYLE + "\\b.{0,120}",
            INSENSITIVE);
    private static final Pattern STYLE_WORD = Pattern.compile("\\b" + STYLE + "\\b", INSENSITIVE);
    private static final Pattern STYLE_OBJECT = Pattern.compile(
            "\\b(?:your|all|my|the|it|with me|in (?:plain|simple|easy|short|full|complete)|answers|replies|responses|explanations|summaries|messages|emojis|jargon|short|brief|concise|spelling|units)\\b",
            INSENSITIVE);
    private static final Pattern ONE_OFF = Pattern.compile(
            "\\b(?:this|that (?:one|file|function|text|email)|the (?:following|attached|first|second|third|last|next|other)|for me (?:to|a|an)|below|above|today|tonight|tomorrow|now|later|soon|next (?:week|time|month)|an? (?:email|poem|letter|story|list|table|summary|essay|recipe|script|function|example|short|brief|bit))\\b",
            INSENSITIVE);
    private static final Pattern ALL_OF = Pattern.compile(
            "^(?:round|write|use|format|convert|spell|treat|sign|answer|keep|make) all (?:my |the )?\\p{L}+s\\b",
            INSENSITIVE);
    private static final Pattern ORDER_LEAD =
            Pattern.compile("^(?:always|only|just|never(?: ever)?|do not(?: ever)?) ", INSENSITIVE);
    private static final Pattern SOON = Pattern.compile(
            "\\b(?:this|today|tonight|tomorrow|now|later|soon|next (?:week|time|month)|yesterday|last)\\b",
            INSENSITIVE);
    private static final Pattern CALL_ME = Pattern.compile(
            "^call me (?!when|later|back|at|if|on|tomorrow|today|tonight|in|after|before|crazy|old|maybe|asap|once|anytime|again|soon|now)(?:[\\p{L}'.-]{2,20})(?: [\\p{Lu}][\\p{L}'.-]{1,20})?",
            INSENSITIVE);
    private static final Pattern NAMING =
            Pattern.compile("^(?:[Rr]efer to|[Aa]ddress) .{2,60} as .+|^[Cc]all (?:my|our) .{2,40} \\p{Lu}.*");

    /** A wish that goes with a situation. */
    private static final Pattern WISH = Pattern.compile(
            "^I (?:only |would |always ){0,2}(?:want|need|prefer|like|expect) (?!to |it |that |this ).{3,}",
            INSENSITIVE);

    private static final Pattern REMEMBER_TO = Pattern.compile(
            "^(?:remember to (?:always )?|(?:do not|never) forget to (?:always )?(?=" + VERB
                    + "\\b))(?!take care|stay|have fun|enjoy|relax|rest|breathe|prepare|be (?:kind|yourself)).{3,}",
            INSENSITIVE);

    /** What a user wants of the one who answers, said as a wish. */
    private static final Pattern WISHED_OF_YOU = Pattern.compile(
            "^I (?:would )?(?:really |generally |usually |always )?(?:prefer (?:to be called|if you|that you|it (?:when|if) you|you to)|(?:like|love|appreciate|hate|dislike) it (?:when|if) you|would (?:rather|prefer) you|would (?:appreciate|be grateful|be happy) (?:it )?if you|(?:want|need) you to always)\\b.{2,200}",
            INSENSITIVE);

    private static final Pattern WISHED_STYLE = Pattern.compile(
            "^I (?:would |do not )?(?:really |generally |usually |always )?(?:prefer (?!to )(?:\\w{2,12} ){0,3}" + STYLE
                    + "|(?:want|need|like|appreciate) (?!to |the |an? |this |that )(?:your |all (?:your )?|my )?(?:\\w{2,12} ){0,2}"
                    + STYLE + ")\\b.{0,200}",
            INSENSITIVE);
    private static final Pattern OF_WORK = Pattern.compile(
            "^((?:all )?(?:of )?my (?:\\p{L}+ )?" + WORK + "|(?:all )?(?:\\p{L}+ )?" + WORK
                    + ") (?:always|never|should|must|need|needs|have to|has to|are to|ought to|may not|go out|get)\\b.{3,200}",
            INSENSITIVE);
    private static final Pattern OURS = Pattern.compile(
            "(?:all (?:of )?)?(?:my|your|answers|replies|responses|explanations|summaries) ", INSENSITIVE);
    private static final Pattern HENCE = Pattern.compile(", (?:so|and|but|therefore|hence) ");

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
                inSentence(part)
                        .or(() -> inConclusion(part))
                        .ifPresent(procedure -> found.putIfAbsent(procedure.text(), procedure));
            }
        }
        return new ArrayList<>(found.values());
    }

    /** "I hate emojis, so leave them out." */
    private static Optional<FoundProcedure> inConclusion(String sentence) {
        var parts = HENCE.split(sentence, 2);
        return parts.length == 2
                ? inSentence(parts[1])
                        .map(found -> found(
                                found.kind(),
                                found.trigger(),
                                sentence.replaceAll("[.!\\s]+$", ""),
                                found.polarity().equals("avoid")))
                : Optional.empty();
    }

    private static Optional<FoundProcedure> inSentence(String sentence) {
        var isStanding = STANDING.matcher(sentence).find();
        if (sentence.endsWith("?") && !(isStanding && ASKED.matcher(sentence).find())) {
            return Optional.empty();
        }
        var bare = sentence.replaceAll("[.!?\\s]+$", "").replaceAll(",? (?:please|thanks|thank you|ok|okay)$", "");
        var rest = LEAD.matcher(bare).replaceFirst("");
        var isRule = STANDING_LEAD.matcher(rest).find();
        rest = LEAD.matcher(STANDING_LEAD.matcher(rest).replaceFirst("")).replaceFirst("");
        rest = rest.replaceAll(",? (?:from now on|in future|in the future|going forward|as a rule|by default)$", "");
        var told = rest;
        return wish(bare, isStanding).or(() -> ofWork(told, isRule)).or(() -> ordered(told, isStanding));
    }

    private static Optional<FoundProcedure> ordered(String said, boolean isStanding) {
        var trigger = Trigger.in(said);
        var order = LEAD.matcher(trigger.instruction()).replaceFirst("").replaceFirst("^(?i)only ", "");
        return instruction(order, trigger, isStanding);
    }

    /** "My reports always go out in German": how what is made time and again has to be. */
    private static Optional<FoundProcedure> ofWork(String said, boolean isRule) {
        var work = OF_WORK.matcher(said);
        if (!work.matches()
                || !isRule && !OURS.matcher(said).lookingAt()
                || !isWished(said.substring(work.end(1)))
                || SOON.matcher(said).find()) {
            return Optional.empty();
        }
        var isAvoided = said.matches("(?i).* (?:never|should not|must not|may not) .*");
        return Optional.of(found("preference", isRule ? null : work.group(1), said, isAvoided));
    }

    private static boolean isWished(String ofWork) {
        return ofWork.matches("(?i) (?:should|must|needs?|have to|has to|are to|ought to|may not)\\b.*")
                || STYLE_WORD.matcher(ofWork).find();
    }

    private static Optional<FoundProcedure> wish(String said, boolean isStanding) {
        var bare = LEAD.matcher(said).replaceFirst("");
        var isOfYou = WISHED_OF_YOU.matcher(bare).lookingAt();
        if (!isOfYou && !WISHED_STYLE.matcher(bare).lookingAt()
                || !isStanding && ONE_OFF.matcher(bare).find()) {
            return Optional.empty();
        }
        var trigger = Trigger.in(bare);
        var situation = trigger.standing()
                .filter(words -> !isOfYou || !trigger.instruction().matches("I (?:\\w+ ){1,2}it"));
        var instruction = situation.isPresent() ? trigger.instruction() : bare;
        var isAvoided = LEFT_OUT.matcher(bare).find() != bare.matches("(?i)I (?:\\w+ )?(?:hate|dislike) .*");
        return Optional.of(found("preference", situation.orElse(null), instruction, isAvoided));
    }

    private static Optional<FoundProcedure> instruction(String said, Trigger trigger, boolean isStanding) {
        if (IDIOM.matcher(said).find() || ADVICE.matcher(said).find()) {
            return Optional.empty();
        }
        var situation = trigger.standing();
        if (situation.isEmpty() && trigger.situation() != null) {
            return Optional.empty();
        }
        if (!applies(said, situation.isPresent(), isStanding)) {
            return Optional.empty();
        }
        var isAvoided = NOT.matcher(said).find() || LEFT_OUT.matcher(said).find();
        return Optional.of(found(
                WISH.matcher(said).matches() ? "preference" : "instruction", situation.orElse(null), said, isAvoided));
    }

    /** Whether words tell someone to do something, and not only once. */
    private static boolean applies(String said, boolean inSituation, boolean isStanding) {
        if (CALL_ME.matcher(said).matches()
                || NAMING.matcher(said).matches()
                || REMEMBER_TO.matcher(said).matches()
                || ALWAYS.matcher(said).matches()) {
            return true;
        }
        var isOneOff = ONE_OFF.matcher(said).find();
        var isAboutUs = ABOUT_US.matcher(said).find();
        if (AVOID.matcher(said).matches()
                || NO_STYLE.matcher(said).matches()
                || NOT_STYLE.matcher(said).matches()) {
            return isStanding || inSituation || isAboutUs && !isOneOff;
        }
        if (inSituation || isStanding && isAboutUs) {
            return DO.matcher(said).matches()
                    || inSituation && WISH.matcher(said).matches()
                    || isOrder(ORDER_LEAD.matcher(said).replaceFirst(""))
                    || said.matches("(?i)no .*");
        }
        if (isStanding) {
            return DO.matcher(said).matches();
        }
        var isStyle =
                KEEP_STYLE.matcher(said).matches() && STYLE_OBJECT.matcher(said).find()
                        || ALL_OF.matcher(said).lookingAt();
        return isStyle && !isOneOff;
    }

    /** Whether words begin with a verb in its plain form, as orders do. */
    private static boolean isOrder(String said) {
        // The tagger knows few orders; behind "you must" it takes a verb for one.
        var words = Words.of("You must " + said);
        return words.size() > 2
                && words.get(2).is("VERB")
                && !ThirdPerson.isPast(words.get(2).text())
                && !words.get(2)
                        .lower()
                        .matches(".*(?:ing|[^s]s)|let|thank|hope|love|sound|come|enjoy|have|wish|see|go");
    }

    private static FoundProcedure found(String kind, String trigger, String instruction, boolean isAvoided) {
        return new FoundProcedure(
                kind,
                trigger == null ? null : capital(trigger),
                capital(instruction),
                List.of(),
                isAvoided ? "avoid" : "do");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
