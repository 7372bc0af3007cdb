package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Speaker;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether what a model found may become a memory, whatever the model was talked into: nothing rests on a message
 * that gives orders to it, nothing that was only said there gets in by way of another message, machines are no witnesses
 * of what is true about people, and only users say how they want things done.
 *
 * <p>Threading: belongs to one thread.
 */
final class OutputGuard {

    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<ReflectionTask> tasks;
    private final Set<String> ordered;

    OutputGuard(List<ReflectionTask> tasks) {
        this.tasks = tasks;
        ordered = tasks.stream()
                .flatMap(task -> Stream.concat(task.getContext().stream(), task.getMessages().stream()))
                .map(Message::getContent)
                .filter(OrderToModel::isIn)
                .flatMap(text -> words(text).stream())
                .collect(Collectors.toSet());
    }

    boolean allows(int task, FoundFact fact) {
        var messages = messages(task, fact.messages());
        return messages.stream().anyMatch(Speaker::isPerson) && isUntouched(messages, fact.object(), fact.subject());
    }

    boolean allows(int task, FoundProcedure procedure) {
        var messages = messages(task, procedure.messages());
        return messages.stream().anyMatch(Speaker::isUser)
                && isUntouched(messages, procedure.instruction(), String.join(" ", procedure.steps()));
    }

    /** The procedure as it rests on the user's messages alone. */
    FoundProcedure ofTheUser(int task, FoundProcedure procedure) {
        var all = tasks.get(task).getMessages();
        return new FoundProcedure(
                procedure.messages().stream()
                        .filter(place -> Speaker.isUser(all.get(place)))
                        .toList(),
                procedure.kind(),
                procedure.trigger(),
                procedure.instruction(),
                procedure.steps(),
                procedure.polarity(),
                procedure.confidence(),
                procedure.importance());
    }

    private boolean isUntouched(List<Message> messages, String... texts) {
        if (ordered.isEmpty()) {
            return true;
        }
        if (messages.stream().anyMatch(message -> OrderToModel.isIn(message.getContent()))) {
            return false;
        }
        // A machine that was given an order may have answered with what it was told to say.
        var said = messages.stream()
                .filter(Speaker::isPerson)
                .flatMap(message -> Stream.of(message.getContent(), Speaker.name(message)))
                .flatMap(text -> words(text).stream())
                .collect(Collectors.toSet());
        return Arrays.stream(texts)
                .flatMap(text -> words(text).stream())
                .noneMatch(word -> ordered.contains(word) && !said.contains(word));
    }

    private List<Message> messages(int task, List<Integer> places) {
        return places.stream().map(tasks.get(task).getMessages()::get).toList();
    }

    /** The words that tell something. */
    private static Set<String> words(String text) {
        return WORD_BREAK
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() > 3 || word.chars().anyMatch(Character::isDigit))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
