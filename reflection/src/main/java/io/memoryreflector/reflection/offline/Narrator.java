package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Speaker;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who tells, to whom, and who of theirs has a name.
 *
 * @param name of the person who tells
 * @param amongPeople whether another person takes part; else it is a machine that is spoken to, and may be asked to do things
 * @param named names by relation, such as Anna by mother, where the talk gives one name for it
 */
record Narrator(String name, boolean amongPeople, Map<String, String> named) {

    private static final Pattern PERSON =
            Pattern.compile("((?:[a-z]{2,12} ){0,2}?" + Relations.NOUN + ")(?:,? (\\p{Lu}[\\p{L}'-]{1,20}),?)?");

    /** A person who speaks to a machine and has named nobody. */
    static Narrator alone(String name) {
        return new Narrator(name, false, Map.of());
    }

    /** A speaker of a task, with all that they say in it and in the turns before it. */
    static Narrator of(ReflectionTask task, String name) {
        var named = new HashMap<String, String>();
        var people = Stream.concat(task.getContext().stream(), task.getMessages().stream())
                .peek(message -> Speaker.person(message).filter(name::equals).ifPresent(speaker -> Relations.names(
                                message.getContent())
                        .forEach((relation, person) ->
                                named.merge(relation, person, (one, other) -> one.equals(other) ? one : ""))))
                .flatMap(message -> Speaker.person(message).stream())
                .distinct()
                .count();
        named.values().removeIf(String::isEmpty);
        return new Narrator(name, people > 1, named);
    }

    /** What stands after "my": a person by name where there is one, "boss Karen" is Karen, and else the narrator's own. */
    String theirs(String phrase) {
        var person = PERSON.matcher(phrase);
        if (!person.matches()) {
            return name + "'s " + phrase;
        }
        return person.group(2) != null ? person.group(2) : their(person.group(1));
    }

    /** What is the narrator's by a relation: its name, or the narrator's own with the relation's one noun. */
    String their(String noun) {
        var relation = Relations.canonical(noun);
        return named.getOrDefault(relation, name + "'s " + relation);
    }
}
