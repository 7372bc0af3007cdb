package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what a person states about themselves and those who are theirs. Pure. */
final class FactFinder {

    /** A clause begins where a mark or a conjunction stands before a subject of ours. */
    private static final Pattern BORDER = Pattern.compile(
            "(?:[,;:\u2014\u2013]| -)\\s*(?:(?:and|but|so|because|since|though|although|while|as|plus|also|cause|cuz)\\s+){0,2}(?=(?:I|We|we|My|my|Our|our) )"
                    + "|\\s(?:and|but|so|because|since|though|although|while|plus|cause|cuz)\\s+(?=(?:I|we|my|our) )");

    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:and|but|so|well|yeah|yes|yep|no|oh|also|actually|honestly|anyway|hey|hi|ok|okay|sure|thanks|plus"
                    + "|btw|fun fact|update|still|lately|recently|today|yesterday|currently|nowadays|these days|last \\w{3,9}|this \\w{3,9})\\b[,:!]?\\s*){1,3}",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST_PERSON = Pattern.compile("^(?:I|We|we|(?:My|my) (?:\\S{2,20} ){1,3}and I) ");
    private static final Pattern THEIRS = Pattern.compile(
            "^(?:My|my|Our|our) ((?:[a-z]{2,12} ){0,2}?" + "(?:" + Relations.NOUN
                    + "|parents|kids|children|grandparents|family|sons|daughters))(?:,? (\\p{Lu}[\\p{L}'-]{1,20}),?)? (?=\\p{Ll})");
    private static final Pattern ADVERBS = Pattern.compile(
            "^(?:(?:really|also|just|still|always|currently|now|actually|absolutely|totally|usually"
                    + "|recently|finally|both|only|even|definitely|especially|mostly|often|already|particularly|honestly|truly|simply"
                    + "|personally|kind of|kinda|sort of|mainly|generally|normally|typically|officially|eventually|then|myself"
                    + "|do(?= (?:like|love|enjoy|have))|all|have always|have recently|have just|have been really|have really) ){1,3}");
    private static final Pattern ADVERB_AFTER_BE = Pattern.compile(
            "^(am|is|are|was|have|has) (?:really|also|just|still|actually|currently|now|originally|absolutely|totally|both|pretty|super|so|such|always|recently|finally|already) ");
    private static final Pattern HYPOTHETICAL = Pattern.compile(
            "\\b(?:[Ii]f|wish|[Ii]magine|[Ss]uppose|[Pp]retend|[Uu]nless|as though|hypothetically|what if|[Ww]ould have)\\b");

    /** What the other one has said comes from memory, or is theirs to say. */
    private static final Pattern ECHO = Pattern.compile(
            "\\b(?:as|like) (?:you|we|I|they|he|she) (?:said|told|mentioned|wrote|noted|recalled|put it)\\b|^(?:you|they|he|she) (?:said|told|mentioned|wrote|claim(?:ed)?|say|think)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern STATEMENT_BEFORE_QUESTION = Pattern.compile("^(?:I|We|My|Our) .{5,300}, ");

    private static final Pattern AUXILIARY = Pattern.compile("^(?:have|has|had) ");
    private static final Pattern ENDED =
            Pattern.compile("^no longer (.+)$|^(?:(am|is|are)|do|does) not (.+?) (?:any ?more|any longer)[.!]*$");

    /** A sentence that leaves so many of its words to no rule is told beside what the rules found. */
    private static final int MOST_UNSAID = 3;

    private static final Pattern EMPLOYER = Pattern.compile(" (?:at|for) ((?:an? |the )?.{2,60})$");

    private FactFinder() {}

    /** The facts in a message, in order. */
    static List<FoundFact> in(String text, Narrator narrator) {
        var found = new LinkedHashMap<String, FoundFact>();
        for (var sentence : Sentences.own(text)) {
            for (var fact : inSentence(sentence, narrator)) {
                found.putIfAbsent(fact.predicate() + '\0' + fact.subject() + '\0' + fact.object(), fact);
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<FoundFact> inSentence(String sentence, Narrator narrator) {
        var stated = stated(sentence);
        if (stated.isEmpty()
                || HYPOTHETICAL.matcher(stated).find()
                || ECHO.matcher(stated).find()) {
            return List.of();
        }
        var found = new ArrayList<>(Relations.in(stated, narrator.name()));
        for (var clause : BORDER.split(stated)) {
            inClause(LEAD.matcher(clause.strip()).replaceFirst(""), narrator, found);
        }
        Telling.in(stated, narrator).ifPresent(telling -> add(telling, found));
        return found;
    }

    /** A single event is told in the whole sentence's words; beside other facts the sentence has to say more than they. */
    private static void add(Telling telling, List<FoundFact> found) {
        var unsaid = Overlap.unsaid(
                telling.statement(), found.stream().map(FoundFact::statement).toList());
        if (found.isEmpty() || unsaid > MOST_UNSAID && !found.get(0).isTold()) {
            found.add(FoundFact.of(telling));
        } else if (found.size() == 1 && found.get(0).isTold() && unsaid > 1) {
            found.set(0, found.get(0).withStatement(telling.statement() + "."));
        }
    }

    /** What a sentence states: nothing of a question but what stands before its last comma. */
    private static String stated(String sentence) {
        if (!sentence.endsWith("?")) {
            return sentence;
        }
        var before = STATEMENT_BEFORE_QUESTION.matcher(sentence);
        return before.find() ? before.group() : "";
    }

    private static void inClause(String clause, Narrator narrator, List<FoundFact> found) {
        var first = FIRST_PERSON.matcher(clause);
        if (first.find()) {
            addSaid(clause.substring(first.end()), narrator.name(), found);
            return;
        }
        var theirs = THEIRS.matcher(clause);
        if (theirs.find()) {
            var subject = theirs.group(2) != null ? theirs.group(2) : narrator.their(theirs.group(1));
            addSaid(clause.substring(theirs.end()), subject, found);
        }
    }

    private static void addSaid(String said, String subject, List<FoundFact> found) {
        var predicate =
                ADVERB_AFTER_BE.matcher(ADVERBS.matcher(said).replaceFirst("")).replaceFirst("$1 ");
        var ended = ENDED.matcher(predicate);
        if (!addByRule(predicate, subject, false, found) && ended.find()) {
            var be = ended.group(2) == null ? "" : ended.group(2) + " ";
            addByRule(ended.group(1) == null ? be + ended.group(3) : ended.group(1), subject, true, found);
        }
    }

    private static boolean addByRule(String predicate, String subject, boolean ended, List<FoundFact> found) {
        for (var rule : FactRules.ALL) {
            var words = rule.words().matcher(predicate);
            if (!words.lookingAt()) {
                continue;
            }
            var object = ObjectPhrase.in(predicate.substring(words.end()), rule.object());
            if (object.isPresent()) {
                addFact(ended ? rule.ended() : rule, words.group().strip(), object.get(), subject, found);
                return true;
            }
        }
        return false;
    }

    private static void addFact(FactRule rule, String words, String phrase, String subject, List<FoundFact> found) {
        var lasting = ObjectPhrase.withoutTime(phrase);
        if (rule.object() == FactRule.Shape.NAME) {
            lasting = ObjectPhrase.leadingName(lasting);
        }
        var employer = rule.object() == FactRule.Shape.OCCUPATION ? EMPLOYER.matcher(lasting) : null;
        if (employer != null && employer.find()) {
            var name = employer.group(1);
            found.add(told(subject, "works_at", name, "works at " + name, true, rule.closes(), false));
            lasting = lasting.substring(0, employer.start());
        }
        if (rule.predicate().equals("owns") && isNamedAlready(lasting, found)) {
            return;
        }
        var verb = AUXILIARY.matcher(words).replaceFirst("").replaceFirst("^(?:am|are) ", "is ");
        var positive =
                rule.closes() && !rule.telling().contains("no longer") ? "no longer " + rule.telling() : rule.telling();
        var telling = positive.replace("%v", verb).replace("%s", rule.event() ? phrase : lasting);
        var object = lasting.isEmpty() ? telling.substring(telling.indexOf(' ') + 1) : lasting;
        var isPlan = rule.predicate().equals("plans");
        found.add(told(
                subject,
                rule.predicate(),
                isPlan ? phrase : object,
                telling,
                rule.functional(),
                rule.closes(),
                !rule.functional() && !rule.closes()));
        if (rule.predicate().equals("moved_to")) {
            found.add(told(subject, "lives_in", lasting, "lives in " + lasting, true, false, false));
        }
    }

    /** "A dog named Rex" is a relation already. */
    private static boolean isNamedAlready(String object, List<FoundFact> found) {
        return found.stream().anyMatch(fact -> fact.predicate().startsWith("has_") && object.contains(fact.object()));
    }

    private static FoundFact told(
            String subject,
            String predicate,
            String object,
            String telling,
            boolean functional,
            boolean closes,
            boolean isTold) {
        var bare = object.replaceFirst("^(?:an?|the|their) (?=.)", "").replaceFirst(" years old$", "");
        return new FoundFact(subject, predicate, bare, subject + " " + telling + ".", functional, closes, isTold);
    }
}
