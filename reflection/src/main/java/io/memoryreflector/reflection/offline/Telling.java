package io.memoryreflector.reflection.offline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a whole sentence tells of its speaker, read by parts of speech where no rule knows its words: "I painted that lake
 * sunrise last year!" is "Ana painted that lake sunrise last year". Pure.
 *
 * @param subject the speaker, or what is theirs
 * @param predicate the verb with the small words that belong to it, in snake_case
 * @param object the phrase that follows
 * @param statement all of it in third person, without a mark at its end
 */
record Telling(String subject, String predicate, String object, String statement) {

    /** So many words have to say something where the speaker is the subject, and where not. */
    private static final int LEAST_SAID = 4;

    private static final int LEAST_SAID_OF_HABITS = 3;
    private static final int LEAST_SAID_OF_OTHERS = 5;

    /** A dropped subject's verb stands among so many words. */
    private static final int LAST_LEAD = 5;

    private static final int LONGEST_SUBJECT = 8;
    private static final int LONGEST_OBJECT = 7;
    private static final int LONGEST_PREDICATE = 4;

    private static final Pattern OF_SPEAKER = Pattern.compile("(?i)\\b(?:I|my|we|our|me|us|mine)\\b");

    private static final Pattern ADDRESSED = Pattern.compile("(?i)\\b(?:you|your|yours|yourself|u|ur|let's|let us)\\b");

    /** What someone else has said or thinks is not what the speaker knows. */
    private static final Pattern REPORTED = Pattern.compile(
            "\\b(?:said|says|told|tells|asked|asks|claims?|claimed|thinks|believes|according to|heard (?:that|from)|read (?:that|somewhere)|saw (?:somewhere|online))\\b");

    private static final Pattern OLD_TALK =
            Pattern.compile("(?i)\\b(?:talked|chatted|spoke|caught up|hung out|saw each)\\b");

    /** What a machine is asked to do, or is told of the task at hand. */
    private static final Pattern REQUEST = Pattern.compile(
            "(?:really |just |also |only |now |still |currently |actually )*(?:need|want|would (?:like|love|rather|prefer)|am looking for|am looking to|am trying|was wondering|wonder|am wondering"
                    + "|have (?:a|an|another|one|some|this|the) (?:quick |small |more |last )?(?:question|problem|issue|error|bug|doubt|file|function|class|table|list|text|paragraph|draft|string|code)"
                    + "|am (?:writing|working on|building|making) (?:this|that|the|it|an? (?:\\p{L}+ )?(?:email|letter|function|script|query|test|regex|program|paragraph|text|essay|code|class|api|app|website|report))\\b|am (?:getting|seeing|having|using|stuck|confused|not sure|unsure|curious|asking)|get|got (?:this|an error)|see|tried|mean|meant|think|guess|can not (?:figure|find|get|see|open|seem|believe|wait|remember|tell)|could|do not|did not|should|must|might|may|have to|asked|am just|am thinking of an?|hope|was (?:expecting|hoping|wondering|looking)|opened (?:the|this)|clicked|will (?:come back|get back|be back|try|check|do|think|see|let|wait|send|have a look|look|read|use|go with|take))\\b");

    /** Words of the talk itself: who speaks to a machine with them seldom speaks of their life. */
    private static final Pattern OF_THE_TALK = Pattern.compile(
            "\\b(?:repl(?:y|ies)|answers?|questions?|messages?|options?|links?|errors?|details|explanations?|paragraphs?|chapters?|texts?|versions?|columns?|rows?|tutorial|pasted|copied|ignore|kidding|joking|chat|appreciate|output|results?)\\b");

    private static final Set<String> CLAUSE_MARKS = Set.of(",", ";", ":", "-", "\u2013", "\u2014");
    private static final Set<String> POSSESSIVE = Set.of("my", "our", "their", "his", "her", "its");
    private static final Set<String> NEGATION = Set.of("not", "never");
    private static final Set<String> PARTICIPLE = Set.of("been", "going");

    /** Words that say nothing by themselves. */
    private static final Set<String> EMPTY = Set.of(
            ("be am is are was were been being have had has do does did get got gets getting go going went gone thing things lot"
                            + " lots bit time way day stuff one kind sort guess know think mean say let make great good nice cool"
                            + " awesome amazing sure able really much many such more most other same thanks glad happy so well"
                            + " look hear talk talked chatted spoke something anything everything want wanted need love sorry")
                    .split(" "));

    /** What a sentence tells, if it is enough to be kept. */
    static Optional<Telling> in(String sentence, Narrator narrator) {
        if (sentence.endsWith("?")
                || !mayTell(sentence)
                || ADDRESSED.matcher(sentence).find()
                || REPORTED.matcher(sentence).find()
                || !narrator.amongPeople() && OF_THE_TALK.matcher(sentence).find()) {
            return Optional.empty();
        }
        var words = Words.of(sentence);
        var end = words.size();
        while (end > 0 && words.get(end - 1).is("PUNCT")) {
            end--;
        }
        // "…, Jon" calls someone.
        if (end > 2
                && words.get(end - 1).is("PROPN")
                && words.get(end - 2).text().equals(",")) {
            end -= 2;
        }
        return new Reading(sentence, words, end, narrator).telling();
    }

    /** A quick look before the words are tagged, which takes ten times as long. */
    private static boolean mayTell(String sentence) {
        var first = sentence.split("\\s+", LAST_LEAD + 2);
        return first.length > LEAST_SAID - 1
                && (OF_SPEAKER.matcher(sentence).find()
                        || Arrays.stream(first).limit(LAST_LEAD).anyMatch(Telling::mayBeDropped));
    }

    private static boolean mayBeDropped(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        return lower.endsWith("ing") || PARTICIPLE.contains(lower) || ThirdPerson.isPast(lower);
    }

    /** The reading of one sentence. */
    private record Reading(String sentence, List<Word> words, int end, Narrator narrator) {

        Optional<Telling> telling() {
            var first = 0;
            while (first < end && words.get(first).is("INTJ", "PUNCT", "CCONJ", "PROPN", "ADV")) {
                first++;
            }
            var speaker = speaker();
            if (first == end) {
                return Optional.empty();
            }
            if (speaker <= first) {
                return ofSpeaker(speaker + 1, "");
            }
            if (words.get(first).is("VERB", "AUX") && isDropped(first)) {
                return ofSpeaker(first, "");
            }
            if (speaker < end && isAside(first, speaker)) {
                return ofSpeaker(speaker + 1, aside(first, speaker));
            }
            return OF_SPEAKER.matcher(sentence).find() ? ofTheirs(first) : Optional.empty();
        }

        private int speaker() {
            for (var i = 0; i < end; i++) {
                var lower = words.get(i).lower();
                if (lower.equals("i") || lower.equals("we")) {
                    return i;
                }
            }
            return end;
        }

        /** "Lost my job yesterday": a past form or a participle, and not "Losing my job was hard". */
        private boolean isDropped(int at) {
            var lower = words.get(at).lower();
            if (!lower.endsWith("ing")) {
                return ThirdPerson.isPast(lower) || PARTICIPLE.contains(lower);
            }
            return mainVerb(at) == end;
        }

        /** The verb of which the words from a gerund on are the subject, if there is one before the next clause. */
        private int mainVerb(int gerund) {
            for (var i = gerund + 1;
                    i < end && !CLAUSE_MARKS.contains(words.get(i).text());
                    i++) {
                var lower = words.get(i).lower();
                if (words.get(i).is("AUX")
                        || words.get(i).is("VERB")
                                && (lower.endsWith("s") || lower.equals("made") || lower.equals("gave"))) {
                    return i;
                }
            }
            return end;
        }

        /** Words before the subject that say when or where: "Last weekend", "When I was ten,". */
        private boolean isAside(int from, int to) {
            if (to - from > LONGEST_SUBJECT) {
                return false;
            }
            return words.get(to - 1).text().equals(",")
                    || words.subList(from, to).stream().noneMatch(word -> word.is("VERB", "AUX", "PRON", "SCONJ"));
        }

        /** @param aside ends the statement: when or where */
        private Optional<Telling> ofSpeaker(int from, String aside) {
            var rest = from < end ? sentence.substring(words.get(from).start()) : "";
            if (said(from) < (isHabit(from) ? LEAST_SAID_OF_HABITS : LEAST_SAID)
                    || !narrator.amongPeople() && REQUEST.matcher(rest).lookingAt()) {
                return Optional.empty();
            }
            var isParticiple = words.get(from).lower().endsWith("ing");
            var subject = narrator.name()
                    + (isParticiple ? " is" : words.get(from).lower().equals("been") ? " has" : "");
            var statement = ThirdPerson.told(subject, null, sentence, words, from, end) + aside;
            return Optional.of(telling(narrator.name(), from, statement));
        }

        /** "I collect old cameras": a plain verb in the present. */
        private boolean isHabit(int from) {
            var verb = from;
            while (verb < end - 1 && words.get(verb).is("ADV")) {
                verb++;
            }
            if (verb >= end) {
                return false;
            }
            var word = words.get(verb);
            return word.is("VERB") && !ThirdPerson.ofOne(word.text()).equalsIgnoreCase(word.text());
        }

        private String aside(int from, int to) {
            var words =
                    ThirdPerson.told("", null, sentence, this.words, from, to).replaceAll("[\\s,]+$", "");
            var isDate = this.words.get(from).is("PROPN");
            var text = words.strip();
            if (text.isEmpty() || OLD_TALK.matcher(text).find()) {
                return "";
            }
            return " " + (isDate ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1));
        }

        /** What the speaker says of something else that concerns them. */
        private Optional<Telling> ofTheirs(int first) {
            var lead = words.get(first);
            var isOwn = lead.lower().equals("my") || lead.lower().equals("our");
            var isGerund = lead.is("VERB") && lead.lower().endsWith("ing");
            var isClear = isOwn || isGerund || lead.is("NOUN", "PROPN", "DET", "ADJ", "NUM");
            var verb = isGerund ? mainVerb(first) : finiteVerb(first);
            var longEnough = isOwn ? LEAST_SAID : LEAST_SAID_OF_OTHERS;
            if (!isClear || verb == end || !isSubject(first, verb) || said(first) < longEnough) {
                return Optional.empty();
            }
            var statement = ThirdPerson.told("", narrator.name(), sentence, words, first, end);
            return Optional.of(telling(subject(first, verb, isOwn), verb, statement));
        }

        private int finiteVerb(int from) {
            var verb = from;
            while (verb < end && !words.get(verb).is("VERB", "AUX")) {
                verb++;
            }
            return verb;
        }

        private boolean isSubject(int from, int to) {
            return to > from
                    && to - from <= LONGEST_SUBJECT
                    && words.subList(from + 1, to).stream()
                            .noneMatch(
                                    word -> word.is("SCONJ") || word.is("PRON") && !POSSESSIVE.contains(word.lower()));
        }

        private String subject(int from, int verb, boolean isOwn) {
            var to = verb;
            while (to > from + 1 && words.get(to - 1).is("ADV")) {
                to--;
            }
            return isOwn && to > from + 1
                    ? narrator.theirs(sentence.substring(
                            words.get(from + 1).start(), words.get(to - 1).end()))
                    : ThirdPerson.told("", narrator.name(), sentence, words, from, to)
                            .replaceFirst("^(?i)(?:an?|the) (?=.)", "");
        }

        /** How much the words say: a name or a number says as much as two other words. */
        private int said(int from) {
            var said = 0;
            for (var word : words.subList(from, end)) {
                if (word.is("PROPN", "NUM")) {
                    said += 2;
                } else if (word.is("NOUN", "VERB", "ADJ") && !EMPTY.contains(word.lower())) {
                    said++;
                }
            }
            return said;
        }

        private Telling telling(String subject, int verb, String statement) {
            var isSpeaker = subject.equals(narrator.name());
            var at = verb;
            var predicate = new StringBuilder();
            while (at < end - 1 && words.get(at).is("ADV", "PART")) {
                predicate.append(
                        NEGATION.contains(words.get(at).lower()) ? words.get(at).lower() + "_" : "");
                at++;
            }
            var first = words.get(at++).text();
            predicate.append(isSpeaker ? ThirdPerson.ofOne(first) : first);
            for (var i = 1; at < end && i < LONGEST_PREDICATE && isOfPredicate(at); i++) {
                predicate.append('_').append(words.get(at++).lower());
            }
            var to = at;
            while (to < end && to - at < LONGEST_OBJECT && isOfObject(to)) {
                to++;
            }
            while (to > at && isOpen(words.get(to - 1))) {
                to--;
            }
            var object =
                    ThirdPerson.told("", isSpeaker ? null : narrator.name(), sentence, words, at, at == to ? end : to);
            var bare = object.replaceFirst("^(?:an?|the|their) (?=.)", "");
            return new Telling(
                    subject,
                    predicate.toString().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_]", ""),
                    bare.isEmpty() ? first : bare,
                    statement);
        }

        private static boolean isOpen(Word last) {
            return last.is("DET", "ADP", "CCONJ") || POSSESSIVE.contains(last.lower());
        }

        private boolean isOfPredicate(int at) {
            var word = words.get(at);
            var isBeforeNoun = at + 1 < end && words.get(at + 1).is("NOUN", "PROPN", "ADJ", "PUNCT");
            return word.is("VERB", "AUX", "ADP", "PART", "ADV") || word.is("ADJ") && !isBeforeNoun;
        }

        private boolean isOfObject(int at) {
            var word = words.get(at);
            return word.is("NOUN", "PROPN", "DET", "ADJ", "NUM", "ADP", "CCONJ")
                    || word.is("PRON")
                            && (POSSESSIVE.contains(word.lower())
                                    || word.lower().equals("me"));
        }
    }
}
