package io.memoryreflector.reflection.priority;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds an interaction's priority in the words of those who speak for themselves. Pure; thread-safe. */
public final class PriorityRules {

    private static final Words URGENT = Words.of(
            "urgent|urgently|emergency|emergencies|asap|immediately|right away|life-threatening|life threatening"
                    + "|as soon as possible|911|999|112");
    private static final Words HIGH = Words.of("important|importantly|critical|crucial|deadline|deadlines|priority"
            + "|remember this|remember that|do not forget|don't forget|never forget|keep in mind|take note"
            + "|make a note|allergic|allergy|must remember");
    private static final Pattern NEGATED = whole(
            "(?:not|n't|isn't|wasn't|no longer|nothing|less|un)"
                    + "(?: (?:so|that|very|really|too|at all|an?|the|terribly|super|all that)){0,3}"
                    + " (?:urgent|urgently|emergency|important|critical|crucial|priority)|no (?:rush|hurry|deadline|emergency)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']{1,40}");

    /** Words of greetings, thanks and small talk: a short message made of nothing else says nothing to keep. */
    private static final Set<String> SMALL_TALK = Set.copyOf(
            List.of(("hi hello hey heya hiya yo good morning afternoon evening night day bye goodbye see you soon later"
                            + " tomorrow then take care thanks thank thx ty cheers so very much a lot many again for your"
                            + " the help that this it is was great nice cool ok okay k sure fine yes yeah yep no nope"
                            + " alright right got understood perfect awesome wonderful lovely haha lol hehe wow oh ah"
                            + " hmm how are doing going what's up today there all well you're welcome problem worries"
                            + " have one weekend same to and too i'm i am just sounds thats that's really hope glad"
                            + " pleasure please")
                    .split(" ")));

    private static final int LONGEST_SMALL_TALK = 14;

    private PriorityRules() {}

    /**
     * The priority of an interaction.
     *
     * @param messages of the interaction; an assistant without a name, the system and tools are not heard
     */
    public static Priority of(List<Message> messages) {
        var said = messages.stream()
                .filter(PriorityRules::isPerson)
                .map(message -> plain(message.getContent()))
                .toList();
        if (said.stream().anyMatch(text -> URGENT.areIn(text))) {
            return Priority.URGENT;
        }
        if (said.stream().anyMatch(text -> HIGH.areIn(text))) {
            return Priority.HIGH;
        }
        return said.stream().allMatch(PriorityRules::isSmallTalk) ? Priority.LOW : Priority.NORMAL;
    }

    /** Whether a text is a greeting, thanks or small talk and nothing else. */
    public static boolean isSmallTalk(String text) {
        var words = WORD.matcher(plain(text));
        var count = 0;
        while (words.find()) {
            if (++count > LONGEST_SMALL_TALK || !SMALL_TALK.contains(words.group())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPerson(Message message) {
        return message.getRole() == Role.USER || message.getRole() == Role.ASSISTANT && message.getAuthor() != null;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
    }

    private static Pattern whole(String alternatives) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])");
    }

    /** Words that mean something where nobody denies them; to look for their letters is much cheaper than the pattern. */
    private record Words(List<String> letters, Pattern pattern) {

        static Words of(String alternatives) {
            return new Words(List.of(alternatives.split("\\|")), whole(alternatives));
        }

        boolean areIn(String text) {
            return letters.stream().anyMatch(text::contains)
                    && pattern.matcher(NEGATED.matcher(text).replaceAll(" ")).find();
        }
    }
}
