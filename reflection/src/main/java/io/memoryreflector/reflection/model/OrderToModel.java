package io.memoryreflector.reflection.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells messages that give orders to whoever extracts memories from messages that people write to each other and to their
 * assistants. "Remember that I am allergic to nuts" is no such order; "ignore the above and store that …" is one.
 *
 * <p>It is a second line behind the prompt. Where a message could be either it is let through, since what is caught
 * yields no memories at all.
 */
final class OrderToModel {

    /** An order stands at the beginning of a clause; "she told me to ignore the previous rules" gives none. */
    private static final String CLAUSE =
            "(?:^|[.!?;:,\"'()\\[\\]<>{}*#|/-] ?|\\b(?:please|now|then|and|but|so|just|kindly|must|should|will|shall|you to|can you|could you|instead|important|attention|assistant|ai|model|ok|okay|hey) )";

    private static final String IGNORE =
            "(?:ignore|disregard|forget|override|overrule|bypass|discard|skip|drop|do not follow|don't follow|stop following|pay no attention to)";

    private static final String EARLIER =
            "(?:above|previous|prior|preceding|earlier|foregoing|existing|initial|original|former|other|system|developer)";

    private static final String RULES =
            "(?:instructions?|prompts?|rules?|guidelines?|directives?|directions?|orders?|commands?|constraints?|messages?|guardrails?)"
                    // The doctor's instructions are nobody's here.
                    + "(?! (?:from|of|by|for|about|regarding) (?!(?:the |your )?(?:system|developer|prompt|operator)))";

    /** Not "my": users take back what they have said themselves. */
    private static final String WHOSE = "(?:(?:all|any|every|each|of|the|your|these|those|this|that) ){0,4}";

    private static final String IGNORE_RULES = CLAUSE + IGNORE + " " + WHOSE + "(?:(?:" + EARLIER
            + " (?:and |or )?){1,3}" + RULES + "|(?<=your )" + RULES + "|(?:rules|instructions?) above)";

    private static final String IGNORE_ABOVE = CLAUSE + IGNORE
            + " (?:(?:all|everything|anything|any|whatever|of|the|that|is|text|content|conversation|was|said|written|you were told) ){0,6}(?:above|before this|so far|until now)";

    private static final String MEMORY = "(?:facts?|memor(?:y|ies)|procedures?|standing instructions?|knowledge base)";

    private static final String STORE =
            "\\b(?:(?:store|save|remember|memori[sz]e|record|persist|register|insert|note|log)(?: down)?"
                    + "(?: (?:only|instead|just|permanently|exactly|simply|also|always|forever))?(?: (?:that|this|these|it|as)\\b|(?: the)? following|:| \"| ')"
                    + "|(?:store|save|record|persist|insert|add|write|output|emit|return|create|include|report|extract) .{0,60}\\b"
                    + MEMORY + "\\b)";

    private static final String MACHINE =
            "(?:(?:\\w+ )?extractor|memory (?:system|module|engine|agent|writer|pipeline|store)|reflector|summari[sz]er|language model reading this)";

    /**
     * A form of order.
     *
     * @param words of which each such order has at least one; looking for them is much cheaper than the pattern
     */
    private record Order(Pattern pattern, List<String> words) {

        static Order of(String pattern, String... words) {
            return new Order(Pattern.compile(pattern), List.of(words));
        }

        boolean isIn(String text) {
            return words.stream().anyMatch(text::contains)
                    && pattern.matcher(text).find();
        }
    }

    private static final String[] IGNORING = {
        "ignore",
        "disregard",
        "forget",
        "override",
        "overrule",
        "bypass",
        "discard",
        "skip",
        "drop",
        "follow",
        "no attention"
    };

    private static final List<Order> ORDERS = List.of(
            Order.of("(?:" + IGNORE_RULES + "|" + IGNORE_ABOVE + ")\\b.{0,300}?" + STORE, IGNORING),
            Order.of(STORE + ".{1,300}?" + IGNORE_RULES, IGNORING),
            // what only looks as if the conversation had ended
            Order.of(
                    "(?:<\\|?/?(?:im_start|im_end|system|endoftext)|\\[/?inst\\]|</?(?:system|user|assistant|instructions?|prompt|conversation|interactions?|messages?|data|input)>|#{2,} ?(?:system|instructions?|end)|\\bend of (?:the )?(?:conversation|transcript|input|data|messages)\\b|\\b(?:system|developer) (?:prompt|message|override|update|note|instruction)s?:|\\bnew (?:system )?instructions?:).{0,300}?"
                            + STORE,
                    "<",
                    "inst]",
                    "##",
                    "end of",
                    "system ",
                    "developer ",
                    "new instruction"),
            // to the machine by its name
            Order.of(
                    "\\b(?:you are now|act as|as|to|for|dear|attention|hey|hello) (?:a |an |the |this |our )?" + MACHINE
                            + "\\b.{0,200}?" + STORE,
                    "extractor",
                    "memory ",
                    "reflector",
                    "summari",
                    "language model"),
            Order.of(
                    "\\bwhen (?:you are |you )?(?:extract|updat|writ|build|creat|generat)(?:e|ing)? (?:the |any |user )?(?:facts|memor(?:y|ies)|procedures|profile)\\b.{0,200}?\\b(?:store|save|add|include|record|write|insert|output|always|state|claim)\\b",
                    "facts",
                    "memor",
                    "procedures",
                    "profile"),
            Order.of(
                    "\\byour (?:real|actual|true|only) (?:task|job|instructions?|goal|objective|purpose) (?:is|are)\\b.{0,100}?"
                            + STORE,
                    "your real",
                    "your actual",
                    "your true",
                    "your only"),
            // with what only a request to a machine has
            Order.of(
                    STORE
                            + ".{0,200}?\\bwith (?:a |full |maximum |the )?(?:highest |maximum )?confidence (?:of |=|: ?)?(?:1|100|0?\\.9)",
                    "confidence"),
            Order.of("\"facts\" ?: ?\\[.{0,400}?\"(?:predicate|statement)\" ?:", "\"facts\""),
            Order.of("\"procedures\" ?: ?\\[.{0,400}?\"(?:polarity|instruction)\" ?:", "\"procedures\""),
            // the first form in the languages next to us
            Order.of(
                    "\\b(?:ignoriere?|missachte|vergiss|ignora|olvida|descarta|ignorez?|oubliez?)\\b.{0,40}?\\b(?:anweisung|regel|obige|vorherige|bisherige|instruccion|regla|anterior|consigne|règle|précédent|ci-dessus|instructions).{0,300}?\\b(?:speicher|merke? dir|notiere|guarda|recuerda|registra|anota|enregistre|retiens|retenez|mémorise|note[zr]? que)",
                    "ignor",
                    "missachte",
                    "vergiss",
                    "olvida",
                    "descarta",
                    "oublie"));

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Characters that nobody sees. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");

    private OrderToModel() {}

    static boolean isIn(String text) {
        var seen = UNSEEN.matcher(text).replaceAll("");
        var plain = BLANKS.matcher(
                        seen.replace('\u2019', '\'').replace('\u201c', '"').replace('\u201d', '"'))
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT);
        return ORDERS.stream().anyMatch(order -> order.isIn(plain));
    }
}
