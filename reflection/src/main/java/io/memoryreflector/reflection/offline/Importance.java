package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Priority;
import io.memoryreflector.reflection.priority.PriorityRules;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How much something matters, 0 to 1, by what it is about. Pure. */
final class Importance {

    static final double SMALL_TALK = 0.1;
    private static final double LOW = 0.3;
    private static final double USUAL = 0.5;
    private static final double HIGH = 0.8;
    private static final double HIGHEST = 0.9;

    /** Birth and death, health, marriage, loss. */
    private static final Pattern LIFE = Pattern.compile(
            "\\b(?:born|birth|gave birth|pregnan(?:t|cy)|miscarriage|married|marry|wedding|engaged|divorc\\w*|widow\\w*|died|dies|passed away|death|funeral"
                    + "|cancer|diagnos\\w*|surgery|in (?:the )?hospital|hospitali[sz]ed|stroke|heart attack|tumou?r|allerg\\w*|anaphyla\\w*|epilep\\w*|diabet\\w*|asthma|chemo\\w*|relapse"
                    + "|accident|lost (?:my|our|their|his|her) (?:job|home|house|mother|father|mum|mom|dad|wife|husband|son|daughter|baby)|laid off|got fired|bankrupt\\w*|adopted a (?:child|baby|boy|girl|son|daughter))\\b");

    /** Decisions, promises, deadlines and what turns a life. */
    private static final Pattern TURN = Pattern.compile(
            "\\b(?:decided|decision|made up (?:my|our|their) mind|promised?|i swear|committed to|deadlines?|due (?:on|by|next|tomorrow)|appointments?|exams?|signed (?:the|a|my|our) (?:contract|lease|deal)"
                    + "|resign(?:ed|ing)?|quit(?:ting)? (?:my|our|their|his|her) job|got the job|new job|job offer|promot(?:ed|ion)|graduat\\w*|retir(?:ed|ing)|moved to|moving to"
                    + "|bought (?:a|our|my|their) (?:first |new )?(?:house|flat|apartment|home)|mortgage|\\d+ ?mg|medication|insulin|proposed to|broke up|passport|visa)\\b");

    /** Relations that most of what is asked later rests on. */
    private static final Set<String> ESSENTIAL = Set.of(
            "name",
            "lives_in",
            "works_at",
            "works_as",
            "birthday",
            "born_on",
            "allergic_to",
            "has_condition",
            "diet",
            "does_not_eat",
            "has_spouse",
            "has_husband",
            "has_wife",
            "has_partner",
            "has_son",
            "has_daughter",
            "has_mother",
            "has_father",
            "marital_status",
            "appointment",
            "phone_number");

    private Importance() {}

    /** Of what was said in an interaction. */
    static double of(String said, Priority priority) {
        if (PriorityRules.isSmallTalk(said)) {
            return SMALL_TALK;
        }
        var asSent =
                switch (priority) {
                    case URGENT -> HIGHEST;
                    case HIGH -> HIGH;
                    case NORMAL -> USUAL;
                    case LOW -> LOW;
                };
        return Math.max(asSent, ofContent(said));
    }

    /** Of a fact. */
    static double of(FoundFact fact) {
        return Math.max(ESSENTIAL.contains(fact.predicate()) ? HIGH : USUAL, ofContent(fact.statement()));
    }

    private static double ofContent(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (LIFE.matcher(lower).find()) {
            return HIGHEST;
        }
        return TURN.matcher(lower).find() ? HIGH : 0;
    }
}
