package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.model.redaction.Redactions;
import io.memoryreflector.state.KnownFact;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a question into words: the system's message from a resource, and the user's as one JSON object, so that no text
 * of a conversation can get out of its string. Thread-safe.
 *
 * @param redactions what the model does not get to read
 */
record Prompts(Redactions redactions) {

    /** Version of prompts and schemas; a change of either is a new directory with a new name. */
    static final String VERSION = "1";

    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<Scope, String> SYSTEM = system();

    /** What the model is to do. */
    static String system(Scope scope) {
        return SYSTEM.get(scope);
    }

    /** What it is to do it with. */
    String user(Question question) {
        var root = JSON.createObjectNode();
        root.put("tier", question.scope().word());
        var known = root.putArray("known");
        for (var place = 0; place < question.known().size(); place++) {
            describe(
                    known.addObject(),
                    question.namespace(),
                    Refs.known(place),
                    question.known().get(place));
        }
        var told = new Told();
        var interactions = root.putArray("interactions");
        for (var place = 0; place < question.tasks().size(); place++) {
            describe(interactions.addObject(), place, question.tasks().get(place), told);
        }
        return JSON.writeValueAsString(root);
    }

    /** A session, to be told in short. */
    String user(SessionQuestion question) {
        var root = JSON.createObjectNode();
        root.put("tier", Scope.SESSION.word());
        var memories = root.putArray("memories");
        for (var place = 0; place < question.lines().size(); place++) {
            var line = question.lines().get(place);
            var memory = memories.addObject();
            memory.put("ref", Refs.memory(place));
            memory.put("kind", line.tier().name().toLowerCase(Locale.ROOT));
            memory.put("at", line.occurredAt().toString());
            memory.put("text", redactions.apply(question.namespace(), line.text()));
        }
        return JSON.writeValueAsString(root);
    }

    private void describe(ObjectNode node, String namespace, String ref, KnownFact fact) {
        node.put("ref", ref);
        node.put("subject", redactions.apply(namespace, fact.getSubject()));
        node.put("predicate", fact.getPredicate());
        if (!fact.getReworded()) {
            node.put("object", redactions.apply(namespace, fact.getObject()));
        }
        node.put("statement", redactions.apply(namespace, fact.getStatement()));
        node.put("since", fact.getValidFrom().toString());
        if (fact.getValidTo() != null) {
            node.put("until", fact.getValidTo().toString());
        }
    }

    private void describe(ObjectNode node, int place, ReflectionTask task, Told told) {
        node.put("ref", Refs.interaction(place));
        node.put("at", task.getOccurredAt().toString());
        var context = node.putArray("context");
        task.getContext().forEach(message -> describeContext(context.addObject(), task.getNamespace(), message, told));
        var messages = node.putArray("messages");
        for (var number = 0; number < task.getMessages().size(); number++) {
            var message = task.getMessages().get(number);
            var ref = Refs.message(place, number);
            told.tell(message, ref);
            var said = messages.addObject();
            say(said, ref, task.getNamespace(), message);
            said.put("at", message.getSentAt().toString());
        }
    }

    private void describeContext(ObjectNode node, String namespace, Message message, Told told) {
        told.refOf(message)
                .ifPresentOrElse(
                        ref -> node.put("ref", ref), () -> say(node, told.tellAsContext(message), namespace, message));
    }

    private void say(ObjectNode node, String ref, String namespace, Message message) {
        node.put("ref", ref);
        node.put("speaker", redactions.apply(namespace, Speaker.name(message)));
        node.put("role", message.getRole().name().toLowerCase(Locale.ROOT));
        node.put("text", redactions.apply(namespace, message.getContent()));
    }

    private static Map<Scope, String> system() {
        return Stream.of(Scope.values()).collect(Collectors.toUnmodifiableMap(scope -> scope, Prompts::written));
    }

    private static String written(Scope scope) {
        return scope.prompts().stream()
                .map(name -> Resource.text("prompts/" + VERSION + "/" + name + ".md"))
                .collect(Collectors.joining("\n"));
    }
}
