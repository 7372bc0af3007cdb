package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Speaker;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who tells, to whom, and who of theirs has a name.
 *
 * @param name of the person who tells
 * @param amongPeople whether another person takes part; else it is a machine that is spoken to, and may be asked to do things
 * @param named names by relation, such as Anna by mother, where the talk gives one name for it
 */
record Narrator(String name, boolean amongPeople, Map<String, String> named) {

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

    /** What is the narrator's by a relation: its name, or the narrator's own with the relation's one noun. */
    String their(String noun) {
        var relation = Relations.canonical(noun);
        return named.getOrDefault(relation, name + "'s " + relation);
    }
}
