package io.memoryreflector.systemtests.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The few kinds of facts that the stub sees in a message: pure. */
final class FactRules {

    /** A fact as a sentence states it. */
    record Found(
            String subject, String predicate, String object, String statement, boolean singleValued, boolean ended) {}

    private static final String END =
            "(?=[.,;!?]|$|\\s+(?:now|today|yesterday|recently|last|this|in \\d{4}|since|because|and|but|with)\\b)";
    private static final String THING = "(\\p{L}[\\p{L}\\p{N}'’ -]{0,60}?)";
    private static final String PET = "(dog|cat|parrot|hamster|horse|rabbit)";
    private static final String KIN = "(sister|brother|mother|father|husband|wife|boss|teacher|neighbour)";
    private static final String NAME = "(?-i:(\\p{Lu}\\p{L}+))";

    private record Rule(Pattern pattern, BiFunction<String, MatchResult, Found> fact) {}

    private static final List<Rule> RULES = List.of(
            rule(
                    "\\b(?:I|we)(?:'ve| have)? (?:just )?moved (?:from " + THING + " )?to " + THING + END,
                    (who, match) -> place(who, match.group(2))),
            rule("\\bI(?:'m living| live| am living) in " + THING + END, (who, match) -> place(who, match.group(1))),
            rule(
                    "\\bI(?:'ve| have)? (?:now )?(?:work at|work for|started working at|started at|joined) " + THING
                            + END,
                    (who, match) -> work(who, match.group(1), false)),
            rule("\\bI work as an? " + THING + " at " + THING + END, (who, match) -> work(who, match.group(2), false)),
            rule("\\bI work as an? " + THING + "(?= at\\b|[.,;!?]|$)", (who, match) -> job(who, match.group(1))),
            rule("\\bI(?:'ve| have)? (?:left|quit) " + THING + END, (who, match) -> work(who, match.group(1), true)),
            rule(
                    "\\bmy " + PET + "(?:'s name is| is (?:now )?(?:called|named)) " + THING + END,
                    (who, match) -> pet(who, match.group(1), match.group(2))),
            rule(
                    "\\b(?:we|I) have an? " + PET + " (?:called|named) " + THING + END,
                    (who, match) -> pet(who, match.group(1), match.group(2))),
            rule(
                    "\\b(?:we|I)(?:'ve| have)? renamed (?:the|our|my) " + PET + " (?:to )?" + THING + END,
                    (who, match) -> pet(who, match.group(1), match.group(2))),
            rule(
                    "\\bmy favou?rite (\\p{L}+) is " + THING + END,
                    (who, match) -> favourite(who, match.group(1), match.group(2))),
            rule("\\bmy " + KIN + " " + NAME, (who, match) -> kin(who, match.group(1), match.group(2))),
            rule(
                    "\\bmy " + KIN + " " + NAME + " lives in " + THING + END,
                    (who, match) -> place(match.group(2), match.group(3))),
            rule(
                    "\\bI(?:'m| am) allergic to " + THING + END,
                    (who, match) -> any(who, "allergic_to", " is allergic to ", match.group(1))),
            rule(
                    "\\bI (?:really )?(?:hate|dislike) " + THING + END,
                    (who, match) -> any(who, "dislikes", " dislikes ", match.group(1))),
            rule(
                    "\\bI (?:really )?(?:like|love|enjoy) " + THING + END,
                    (who, match) -> any(who, "likes", " likes ", match.group(1))));

    private FactRules() {}

    /** The facts of a text, in the order of the rules. */
    static List<Found> find(String speaker, String text) {
        var found = new ArrayList<Found>();
        for (var rule : RULES) {
            rule.pattern()
                    .matcher(text)
                    .results()
                    .map(match -> rule.fact().apply(speaker, match))
                    .forEach(found::add);
        }
        return found;
    }

    private static Rule rule(String pattern, BiFunction<String, MatchResult, Found> fact) {
        return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), fact);
    }

    private static Found place(String who, String where) {
        return new Found(who, "lives_in", where, who + " lives in " + where + ".", true, false);
    }

    private static Found work(String who, String where, boolean ended) {
        var verb = ended ? " no longer works at " : " works at ";
        return new Found(who, "works_at", where, who + verb + where + ".", true, ended);
    }

    private static Found pet(String who, String kind, String name) {
        var subject = who + "'s " + kind.toLowerCase(Locale.ROOT);
        return new Found(subject, "named", name, subject + " is called " + name + ".", true, false);
    }

    private static Found favourite(String who, String kind, String what) {
        var of = kind.toLowerCase(Locale.ROOT);
        return new Found(who, "favourite_" + of, what, who + "'s favourite " + of + " is " + what + ".", true, false);
    }

    private static Found job(String who, String what) {
        return new Found(who, "works_as", what, who + " works as " + what + ".", true, false);
    }

    private static Found kin(String who, String kind, String name) {
        var of = kind.toLowerCase(Locale.ROOT);
        return new Found(who, "has_" + of, name, who + "'s " + of + " is " + name + ".", false, false);
    }

    /** One of many that may be true at the same time. */
    private static Found any(String who, String predicate, String verb, String what) {
        return new Found(who, predicate, what, who + verb + what + ".", false, false);
    }
}
