package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a person states about themselves and those who are theirs. Pure. */
final class FactFinder {

    /** A clause begins where a comma, a dash or a conjunction stands before a subject of ours. */
    private static final Pattern BORDER = Pattern.compile(
            "(?:[,;:\u2014\u2013]| -)?\\s*(?:\\b(?:and|but|so|because|since|though|although|while|as|plus|also|cause|cuz|that)\\b\\s*){0,2}"
                    + "(?<![\\p{L}'])(?=(?:I|We|we|My|my|Our|our) )");

    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:and|but|so|well|yeah|yes|yep|no|oh|also|actually|honestly|anyway|hey|hi|ok|okay|sure|thanks|plus"
                    + "|btw|fun fact|update|still|lately|recently|today|yesterday|currently|nowadays|these days|last \\w{3,9}|this \\w{3,9})\\b[,:!]?\\s*){1,3}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST_PERSON = Pattern.compile("^(?:I|We|we) ");
    private static final Pattern THEIRS = Pattern.compile("^(?:My|my|Our|our) ((?:[a-z]{2,12} ){0,2}?" + Relations.NOUN
            + ")(?:,? (\\p{Lu}[\\p{L}'-]{1,20}),?)? (?=\\p{Ll})");
    private static final Pattern ADVERBS = Pattern.compile(
            "^(?:(?:really|also|just|still|always|currently|now|actually|absolutely|totally|usually"
                    + "|recently|finally|both|only|even|definitely|especially|mostly|often|already|particularly|honestly|truly|simply"
                    + "|personally|kind of|kinda|sort of|mainly|generally|normally|typically|officially|eventually|then|myself"
                    + "|do(?= (?:like|love|enjoy|have))|all|have always|have recently|have just|have been really|have really) ){1,3}");
    private static final Pattern ADVERB_AFTER_BE = Pattern.compile(
            "^(am|is|are|was|have|has) (?:really|also|just|still|actually|currently|now|originally|absolutely|totally|both|pretty|super|so|such|always|recently|finally|already) ");
    private static final Pattern HYPOTHETICAL = Pattern.compile(
            "\\b(?:[Ii]f|wish|[Ii]magine|[Ss]uppose|[Pp]retend|[Uu]nless|as though|hypothetically|what if|[Ww]ould have)\\b");
    private static final Pattern STATEMENT_BEFORE_QUESTION = Pattern.compile("^(?:I|We|My|Our) .{5,300}, ");

    private FactFinder() {}

    /** The facts in a message, in order. */
    static List<FoundFact> in(String text, String speaker) {
        var found = new LinkedHashMap<String, FoundFact>();
        for (var sentence : Sentences.own(text)) {
            for (var fact : inSentence(sentence, speaker)) {
                found.putIfAbsent(fact.predicate() + '\0' + fact.subject() + '\0' + fact.object(), fact);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<FoundFact> inSentence(String sentence, String speaker) {
        var stated = stated(sentence);
        if (stated.isEmpty() || HYPOTHETICAL.matcher(stated).find()) {
            return List.of();
        }
        var found = new ArrayList<>(Relations.in(stated, speaker));
        for (var clause : BORDER.split(stated)) {
            inClause(LEAD.matcher(clause.strip()).replaceFirst(""), speaker, found);
        }
        return found;
    }

    /** What a sentence states: nothing of a question but what stands before its last comma. */
    private static String stated(String sentence) {
        if (!sentence.endsWith("?")) {
            return sentence;
        }
        var before = STATEMENT_BEFORE_QUESTION.matcher(sentence);
        return before.find() ? before.group() : "";
    }

    private static void inClause(String clause, String speaker, List<FoundFact> found) {
        var first = FIRST_PERSON.matcher(clause);
        if (first.find()) {
            addSaid(clause.substring(first.end()), speaker, found);
            return;
        }
        var theirs = THEIRS.matcher(clause);
        if (theirs.find()) {
            var subject = theirs.group(2) != null ? theirs.group(2) : speaker + "'s " + theirs.group(1);
            addSaid(clause.substring(theirs.end()), subject, found);
        }
    }

    private static void addSaid(String said, String subject, List<FoundFact> found) {
        var predicate =
                ADVERB_AFTER_BE.matcher(ADVERBS.matcher(said).replaceFirst("")).replaceFirst("$1 ");
        for (var rule : FactRules.ALL) {
            var fact = fact(rule, predicate, subject);
            if (fact.isPresent()) {
                found.add(fact.get());
                if (rule.predicate().equals("moved_to")) {
                    var place = fact.get().object();
                    found.add(new FoundFact(
                            subject, "lives_in", place, subject + " lives in " + place + ".", true, false));
                }
                return;
            }
        }
    }

    private static Optional<FoundFact> fact(FactRule rule, String predicate, String subject) {
        var words = rule.words().matcher(predicate);
        if (!words.lookingAt()) {
            return Optional.empty();
        }
        return ObjectPhrase.in(predicate.substring(words.end()), rule.object()).map(object -> {
            var telling = rule.telling().replace("%s", object);
            return new FoundFact(
                    subject,
                    rule.predicate(),
                    object.isEmpty() ? telling.substring(telling.indexOf(' ') + 1) : withoutArticle(object),
                    subject + " " + telling + ".",
                    rule.functional(),
                    rule.closes());
        });
    }

    private static String withoutArticle(String object) {
        return object.replaceFirst("^(?:an?|the) (?=.)", "");
    }
}
