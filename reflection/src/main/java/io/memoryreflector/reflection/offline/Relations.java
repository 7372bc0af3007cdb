package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who belongs to a person, and what is theirs by name: "my sister Anna", "my favourite colour is green". */
final class Relations {

    /** People and animals that a person has, in the singular. */
    static final String NOUN =
            "(?:(?:step|grand|half-)?(?:mother|father|sister|brother|son|daughter)|mom|mum|dad|grandma"
                    + "|grandpa|grandmother|grandfather|wife|husband|spouse|partner|girlfriend|boyfriend|fianc[e\u00e9]e?|aunt|uncle"
                    + "|cousin|niece|nephew|kid|child|baby|twin|mother-in-law|father-in-law|sister-in-law|brother-in-law|friend"
                    + "|best friend|roommate|flatmate|neighbou?r|colleague|coworker|co-worker|boss|manager|mentor|teacher|coach"
                    + "|therapist|doctor|dentist|vet|landlord|dog|cat|puppy|kitten|horse|rabbit|parrot|hamster|fish|turtle|snake"
                    + "|guinea pig|pet)";

    private static final String QUALITY =
            "(?:older |younger |elder |little |big |baby |best |old |new |eldest |youngest |oldest"
                    + " |late |dear |childhood |good |close |twin |middle |adopted |rescue |ex-)?";
    private static final String NAME = "(\\p{Lu}[\\p{L}'-]{1,20}(?: \\p{Lu}[\\p{L}'-]{1,20}){0,2})";
    private static final Map<String, String> SAME = Map.of(
            "mum",
            "mother",
            "mom",
            "mother",
            "dad",
            "father",
            "grandma",
            "grandmother",
            "grandpa",
            "grandfather",
            "puppy",
            "dog",
            "kitten",
            "cat",
            "co-worker",
            "colleague",
            "coworker",
            "colleague");

    /** Of these there is one at a time. */
    private static final Set<String> ONLY_ONE = Set.of(
            "mother",
            "father",
            "wife",
            "husband",
            "spouse",
            "partner",
            "girlfriend",
            "boyfriend",
            "fianc\u00e9",
            "fianc\u00e9e",
            "fiance",
            "fiancee",
            "boss",
            "landlord");

    private static final Pattern MAY_NAME = Pattern.compile("\\b(?:[Mm]y|named|called) ");
    private static final Pattern NAMED = Pattern.compile(
            "\\b[Mm]y " + QUALITY + "(" + NOUN + "),? (?:is (?:called |named )|named |called )?" + NAME);
    private static final Pattern NAME_IS = Pattern.compile("\\b[Mm]y " + QUALITY + "(" + NOUN + ")'s name is " + NAME);
    private static final Pattern HAVE_NAMED =
            Pattern.compile("\\b(?:I|[Ww]e) (?:also )?(?:have got|have|had|got|adopted) an? (?:[a-z-]{2,15} ){0,3}?("
                    + NOUN + "),? (?:(?:named|called|whose name is) )?" + NAME);
    private static final Pattern NAME_IS_MY =
            Pattern.compile("(?:^|[,;] |\\band )" + NAME + " is my " + QUALITY + "(" + NOUN + ")\\b");
    private static final Pattern MY_NAME =
            Pattern.compile("\\b(?:[Mm]y (?:full |first )?name is|I am called|I go by) " + NAME);
    private static final Pattern FAVOURITE = Pattern.compile(
            "\\b[Mm]y (?:all-time |absolute |current )?favou?rite ([a-z]{2,20}(?: [a-z]{2,20})?) (?:is|are|has always been|of all time is) (.{2,160})");
    private static final Pattern FAVOURITE_TOO = Pattern.compile(
            "^(.{2,60}) (?:is|are) my (?:all-time |absolute )?favou?rite ([a-z]{2,20}(?: [a-z]{2,20})?)[.!]?$");
    private static final Pattern BIRTHDAY = Pattern.compile("\\b[Mm]y birthday(?: is|'s) (?:on )?(?:the )?(.{3,60})");
    private static final Pattern CONTACT = Pattern.compile(
            "\\b[Mm]y (?:new |current |full |home |work )?((?:phone|mobile|insurance) number|e-?mail(?: address)?|address|job|passport number|nationality|blood type|hometown|shoe size) is (.{2,120})");
    private static final Pattern APPOINTMENT = Pattern.compile(
            "\\b(?:I|[Ww]e) (?:also )?(?:have got|have|had|got|booked|scheduled) (?:an?|my|our|the) "
                    + "((?:[\\p{L}'-]{1,20} ){0,4}?(?:appointment|meeting|interview|exam|flight|check-?up|surgery|operation|party|wedding|concert|trip|recital|presentation|deadline|reservation|test|class|session|date|gig|game|match|race)\\b.{0,120})");
    private static final Pattern APPOINTMENT_IS = Pattern.compile(
            "\\b[Mm]y ((?:(?!for |of |the )[\\p{L}'-]{1,20} ){0,3}?(?:appointment|meeting|interview|exam|flight|check-?up|surgery|operation|wedding|concert|trip|recital|presentation|deadline)) (?:is|starts|has been moved to|was moved to|got moved to|moved to) (.{2,120})");
    private static final Pattern WHEN =
            Pattern.compile("\\b(?:on|at|in|today|tonight|tomorrow|next|this|coming)\\b|\\d");

    private Relations() {}

    /** The one noun of a relation: a mum is a mother. */
    static String canonical(String noun) {
        var bare = noun.replaceFirst("^(?:dear|late|lovely|sweet|own|beloved) ", "");
        return SAME.getOrDefault(bare, bare);
    }

    /** The names that a text gives for those who are the speaker's, by relation. */
    static Map<String, String> names(String text) {
        if (!MAY_NAME.matcher(text).find()) {
            return Map.of();
        }
        var names = new HashMap<String, String>();
        for (var sentence : Sentences.own(text)) {
            for (var fact : in(sentence, "")) {
                if (fact.predicate().startsWith("has_")) {
                    names.merge(
                            fact.predicate().substring(4).replace('_', ' '),
                            fact.object(),
                            (one, other) -> one.equals(other) ? one : "");
                }
            }
        }
        return names;
    }

    static List<FoundFact> in(String sentence, String speaker) {
        var found = new ArrayList<FoundFact>();
        var named = NAMED.matcher(sentence);
        while (named.find()) {
            found.add(relation(speaker, named.group(1), named.group(2), false));
        }
        var nameIs = NAME_IS.matcher(sentence);
        while (nameIs.find()) {
            found.add(relation(speaker, nameIs.group(1), nameIs.group(2), true));
        }
        var have = HAVE_NAMED.matcher(sentence);
        while (have.find()) {
            found.add(relation(speaker, have.group(1), have.group(2), false));
        }
        var isMy = NAME_IS_MY.matcher(sentence);
        while (isMy.find()) {
            found.add(relation(speaker, isMy.group(2), isMy.group(1), false));
        }
        var name = MY_NAME.matcher(sentence);
        if (name.find()) {
            found.add(fact(speaker, "name", name.group(1), speaker + "'s name is " + name.group(1), true));
        }
        var favourite = FAVOURITE.matcher(sentence);
        if (favourite.find()) {
            addFavourite(
                    found,
                    speaker,
                    favourite.group(1),
                    ObjectPhrase.cut(favourite.group(2).replaceFirst("^now ", "")));
        }
        var favouriteToo = FAVOURITE_TOO.matcher(sentence);
        if (favouriteToo.find()) {
            addFavourite(found, speaker, favouriteToo.group(2), ObjectPhrase.cut(favouriteToo.group(1)));
        }
        var birthday = BIRTHDAY.matcher(sentence);
        if (birthday.find()
                && birthday.group(1)
                        .matches(
                                ".*(?:\\d|January|February|March|April|May|June|July|August|September|October|November|December|today|tomorrow|next).*")) {
            var date = ObjectPhrase.cut(birthday.group(1));
            found.add(fact(speaker, "birthday", date, speaker + "'s birthday is " + date, true));
        }
        var contact = CONTACT.matcher(sentence);
        if (contact.find()) {
            var what = contact.group(1).replace("e-mail", "email");
            var value = contact.group(2).replaceAll("[.!]+$", "").strip();
            found.add(fact(speaker, snake(what), value, speaker + "'s " + what + " is " + value, true));
        }
        var appointment = APPOINTMENT.matcher(sentence);
        if (appointment.find() && WHEN.matcher(appointment.group(1)).find()) {
            var what = ObjectPhrase.inThirdPerson(ObjectPhrase.cut(appointment.group(1)));
            found.add(fact(speaker, "appointment", what, speaker + " has " + article(what) + what, false));
        }
        var appointmentIs = APPOINTMENT_IS.matcher(sentence);
        if (appointmentIs.find() && WHEN.matcher(appointmentIs.group(2)).find()) {
            var what = appointmentIs.group(1);
            var when = ObjectPhrase.cut(appointmentIs.group(2));
            found.add(fact(speaker, "appointment", what + " " + when, speaker + "'s " + what + " is " + when, false));
        }
        return found;
    }

    private static void addFavourite(List<FoundFact> found, String speaker, String what, String value) {
        if (value.length() > 1 && !value.matches("(?i)(?:it|that|this|when|what|which|the one|one|definitely)\\b.*")) {
            found.add(fact(
                    speaker,
                    "favourite_" + snake(what),
                    value,
                    speaker + "'s favourite " + what + " is " + value,
                    true));
        }
    }

    private static FoundFact relation(String speaker, String noun, String name, boolean isOnly) {
        var relation = canonical(noun);
        return fact(
                speaker,
                "has_" + snake(relation),
                name,
                speaker + " has a " + relation + " named " + name,
                isOnly || ONLY_ONE.contains(relation));
    }

    private static FoundFact fact(
            String subject, String predicate, String object, String statement, boolean functional) {
        return new FoundFact(subject, predicate, object, statement + ".", functional, false, false);
    }

    private static String snake(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replace("favorite", "favourite")
                .replace("color", "colour")
                .replaceAll("[^\\p{L}\\p{N}]+", "_");
    }

    private static String article(String what) {
        return "aeiou".indexOf(Character.toLowerCase(what.charAt(0))) >= 0 ? "an " : "a ";
    }
}
