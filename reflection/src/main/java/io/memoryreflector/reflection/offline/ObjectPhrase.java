package io.memoryreflector.reflection.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts the object of a fact out of what follows its verb, and says whether it can be one. */
final class ObjectPhrase {

    private static final int LONGEST = 90;

    /** Where an object ends: another clause begins. */
    private static final Pattern CLAUSE = Pattern.compile(
            ":(?!\\d)|[;()\\[\\]\u2014\u2013]| - |(?<!\\bDr|\\bMr|\\bMrs|\\bMs|\\bSt|\\bProf)[.!?]+(?:\\s|$)"
                    + "|,? (?:but|because|'?cause|cuz|since|so|which|who|where|when|while|although|though|if|unless|until|whenever|as well"
                    + "|that (?:I|we|she|he|they|my|is|was|has)|no matter|and (?:I|we|she|he|they|it|you|my|am|is|was|have|now|then|that"
                    + "|it's|would|will|really|just|never|always|want|love|like|hate))\\b"
                    + "|, (?:I|we|she|he|they|it|you|my|his|her|its|and|too|though|actually|especially|right|haha|lol)\\b");

    private static final Pattern TRAILING = Pattern.compile("(?:[\\s,]+(?:too|as well|now|right now|nowadays|these days"
            + "|anymore|any more|lately|again|though|already|so much|a lot|very much|at the moment|currently|btw|haha|lol"
            + "|for now|actually|obviously|honestly|the most|more than anything|best))$");
    private static final Pattern TIME = Pattern.compile(
            "\\b(?:tomorrow|tonight|next|this (?:week|weekend|month|summer|winter|spring|autumn|fall|year|\\p{Lu}\\p{Ll}+day)"
                    + "|on (?:the )?\\d|on \\p{Lu}\\p{Ll}+day|in (?:January|February|March|April|May|June|July|August|September|October|November|December|\\w+ (?:days|weeks|months)))\\b");
    private static final Pattern ADJECTIVE_BEFORE_COMMA =
            Pattern.compile(".*\\b(?:an?|the|their|my|our|such|very) [\\p{L}-]{3,14}");
    private static final Pattern COMMA = Pattern.compile(",\\s*");
    private static final Pattern REFLEXIVE = Pattern.compile("\\b(?:myself|ourselves)\\b");
    private static final Pattern POSSESSIVE = Pattern.compile("\\b(?:my|our)\\b");
    private static final Pattern PERSONAL = Pattern.compile("\\b(?:me|us)\\b");

    /** First words that leave an object open or make none. */
    private static final Set<String> OPEN = Set.copyOf(List.of(
            ("it that this these those them him you your yours here there how what why who where when something anything"
                            + " everything nothing someone everyone so such one ones he she they i we if and or to too"
                            + " being having getting seeing hearing knowing talking the")
                    .split(" ")));

    private static final Set<String> OPEN_ALONE =
            Set.of("the", "being", "having", "getting", "seeing", "talking", "one");

    private static final Set<String> VAGUE = Set.copyOf(List.of(
            ("bit little lot mix few couple mess ton tad person man guy girl good great big huge bad hard long nice lovely"
                            + " fun total complete real true such better idea sucker work step part way time thing"
                            + " blast while chance feeling hope matter point problem question second minute moment")
                    .split(" ")));

    private static final Pattern OCCUPATION =
            Pattern.compile("(?:.{0,60}[ -])?(?:nurse|doctor|teacher|lawyer|chef|cook|pilot"
                    + "|student|accountant|architect|artist|author|baker|banker|barista|carpenter|clerk|coach|consultant|counselor"
                    + "|counsellor|dentist|designer|developer|director|driver|editor|electrician|engineer|farmer|firefighter"
                    + "|freelancer|gardener|guide|hairdresser|instructor|journalist|judge|librarian|manager|mechanic|midwife"
                    + "|musician|officer|painter|paramedic|pharmacist|photographer|physicist|physiotherapist|plumber|policeman"
                    + "|producer|professor|programmer|psychologist|psychiatrist|realtor|receptionist|researcher|scientist|secretary"
                    + "|singer|soldier|surgeon|tailor|therapist|translator|tutor|vet|veterinarian|waiter|waitress|welder|writer"
                    + "|analyst|administrator|assistant|biologist|chemist|economist|entrepreneur|executive|intern|investor|lecturer"
                    + "|mathematician|technician|trainer|trader|principal|founder|ceo|cto|carer|caregiver|social worker|dancer|actor"
                    + "|actress|builder|butcher|florist|historian|statistician|team lead|data scientist|apprentice)");

    private static final Pattern THING = Pattern.compile(
            "(?:.{0,40}[ -])?(?:car|bike|bicycle|motorbike|motorcycle|truck|van"
                    + "|house|apartment|flat|condo|cottage|cabin|garden|boat|piano|guitar|violin|drums|laptop|computer|phone|camera"
                    + "|tesla|toyota|honda|ford|bmw|audi|volkswagen|subaru|vespa|scooter|shop|store|business|bakery|cafe|studio"
                    + "|company|farm|restaurant|necklace|collection|tattoo|tattoos|telescope|tent|camper|dogs?|cats?|puppy|puppies"
                    + "|kitten|kittens|rabbit|horse|parrot|hamster|goldfish|snake|turtle|tortoise|chickens|guinea pigs?|pets?"
                    + "|kids|children|sons?|daughters?|brothers?|sisters?|siblings?|twins|grandchildren|nephews?|nieces?|blog|podcast"
                    + "|degree|licen[cs]e|subscription|membership)(?:,? (?:named|called|with|in|of|from|and) .{1,60}|, .{1,60})?");

    private static final Pattern LANGUAGE =
            Pattern.compile("\\p{Lu}\\p{Ll}{2,14}(?:(?:, | and |, and )\\p{Lu}\\p{Ll}{2,14}){0,5}");

    private static final Pattern TIME_AT_END = Pattern.compile(
            ",? (?:(?:about |around |over |almost |nearly |just )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few|several|many|\\d{1,3}) (?:days?|weeks?|months?|years?) ago"
                    + "|for (?:about |over |almost |nearly )?(?:an?|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few|several|many|\\d{1,3}) (?:days?|weeks?|months?|years?)"
                    + "|yesterday|today|tonight|tomorrow|recently|as a (?:child|kid)|last night|(?:last|this|next|this past|earlier this) (?:week|weekend|month|year|spring|summer|autumn|fall|winter|\\p{L}{3,6}day)"
                    + "|on \\p{Lu}\\p{Ll}{2,5}day|(?:in|since) (?:(?:January|February|March|April|May|June|July|August|September|October|November|December) ?)?(?:(?:19|20)\\d\\d)?)$");

    private static final Pattern ADDRESSED = Pattern.compile("\\b(?:you|your|yours)\\b");
    private static final Pattern PLACE_AFTER = Pattern.compile("\\p{Ll}.{0,60} (?:in|near|outside) (\\p{Lu}.*)");

    private static final Pattern LEADING_NAME = Pattern.compile(
            "\\p{Lu}[\\p{L}'.-]{0,30}(?:(?: |, | of | de | da | do | del | am | on | upon | the )\\p{Lu}[\\p{L}'.-]{0,30}){0,5}");

    private ObjectPhrase() {}

    /** The name that a phrase begins with: "Berlin for a new job" is "Berlin". */
    static String leadingName(String phrase) {
        var name = LEADING_NAME.matcher(phrase);
        return name.lookingAt() ? name.group() : phrase;
    }

    /** The phrase without the time that it ends with: "Portugal three years ago" is "Portugal". */
    static String withoutTime(String phrase) {
        return TIME_AT_END.matcher(phrase).replaceFirst("");
    }

    /** The object in the words that follow a rule's words, if it has the shape that the rule takes. */
    static Optional<String> in(String rest, FactRule.Shape shape) {
        var phrase = cut(rest);
        if (phrase.length() < 2 && !phrase.matches("\\d")) {
            return Optional.empty();
        }
        return switch (shape) {
            case NONE -> Optional.of("");
            case ANY -> Optional.of(phrase).filter(ObjectPhrase::isClosed).map(ObjectPhrase::inThirdPerson);
            case DEED -> Optional.of(phrase).filter(p -> p.indexOf(' ') > 0).map(ObjectPhrase::inThirdPerson);
            case DATED_DEED ->
                Optional.of(phrase).filter(p -> TIME.matcher(p).find()).map(ObjectPhrase::inThirdPerson);
            case NAME -> Optional.of(placeIn(withoutArticle(phrase))).filter(ObjectPhrase::isName);
            case OCCUPATION -> Optional.of(phrase).filter(p -> matchesHead(OCCUPATION, p));
            case THING ->
                Optional.of(phrase)
                        .filter(p -> THING.matcher(withoutTime(p).toLowerCase(Locale.ROOT))
                                .matches())
                        .map(ObjectPhrase::inThirdPerson);
            case LANGUAGE ->
                Optional.of(phrase).map(ObjectPhrase::withoutAdverbs).filter(p -> LANGUAGE.matcher(p)
                        .matches());
        };
    }

    /** The words in third person: "my parents" become "their parents". */
    static String inThirdPerson(String phrase) {
        var third = REFLEXIVE.matcher(phrase).replaceAll("themselves");
        third = POSSESSIVE.matcher(third).replaceAll("their");
        return PERSONAL.matcher(third).replaceAll("them");
    }

    /** The phrase up to where another clause begins. */
    static String cut(String rest) {
        var phrase = rest.strip();
        var end = CLAUSE.matcher(phrase);
        if (end.find()) {
            phrase = phrase.substring(0, end.start());
        }
        phrase = keepList(phrase);
        if (phrase.length() > LONGEST) {
            var space = phrase.lastIndexOf(' ', LONGEST);
            phrase = Cut.to(space > 0 ? space : LONGEST, phrase);
        }
        for (var i = 0; i < 3; i++) {
            phrase = TRAILING.matcher(phrase).replaceFirst("").strip();
        }
        return phrase.replaceAll("(?:[.,!?\\s\"']|\\b(?:with|for|of|to|at|in|and|or|from|like|on|a|an|the)$)+$", "")
                .strip();
    }

    /** "tea, coffee and cake" and "Lisbon, Portugal" stay whole; other commas end the object. */
    private static String keepList(String phrase) {
        var parts = COMMA.split(phrase);
        if (parts.length == 1) {
            return phrase;
        }
        var last = parts[parts.length - 1];
        var isList = last.contains("and ") && last.split(" ").length <= 6;
        var isPlace = parts.length == 2
                && Character.isUpperCase(parts[0].charAt(parts[0].lastIndexOf(' ') + 1))
                && last.matches("\\p{Lu}[\\p{L}]{1,20}(?: \\p{Lu}\\p{L}{1,20}){0,2}[.!]?");
        var isAdjective =
                parts.length == 2 && ADJECTIVE_BEFORE_COMMA.matcher(parts[0]).matches();
        return isList || isPlace || isAdjective ? phrase : parts[0];
    }

    private static boolean isClosed(String phrase) {
        if (ADDRESSED.matcher(phrase).find()) {
            return false;
        }
        var words = phrase.toLowerCase(Locale.ROOT).split(" ");
        var first = words[0].replaceAll("[^\\p{L}\\p{N}]", "");
        if (OPEN.contains(first)) {
            return OPEN_ALONE.contains(first) && words.length > 1;
        }
        var isIndefinite = first.equals("a") || first.equals("an");
        return !isIndefinite || words.length > 1 && !VAGUE.contains(words[1]);
    }

    private static boolean isName(String phrase) {
        return !phrase.isEmpty() && Character.isUpperCase(phrase.charAt(0)) && !phrase.equals("I");
    }

    /** "small flat in Turin" is in Turin. */
    private static String placeIn(String phrase) {
        var place = PLACE_AFTER.matcher(phrase);
        return !isName(phrase) && place.matches() ? place.group(1) : phrase;
    }

    private static boolean matchesHead(Pattern occupation, String phrase) {
        var head = phrase.toLowerCase(Locale.ROOT)
                .split(" (?:at|for|in|with|from|on|of|who|by|working|specialising|specializing) ", 2)[0];
        return occupation.matcher(head).matches();
    }

    private static String withoutArticle(String phrase) {
        return phrase.replaceFirst("^(?:the|a|an|downtown|central|sunny|beautiful) ", "");
    }

    private static String withoutAdverbs(String phrase) {
        return phrase.replaceAll("\\b(?:fluent|some|a little(?: bit of)?|a bit of|both) ", "");
    }
}
