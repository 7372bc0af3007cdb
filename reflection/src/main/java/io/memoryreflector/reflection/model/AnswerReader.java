package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Tier;
import io.memoryreflector.state.KnownFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads an answer: its JSON, its schema, and whether it speaks of what was asked about.
 *
 * <p>Threading: belongs to one thread.
 */
final class AnswerReader {

    private final Question question;
    private final AnswerSchema schema;
    private final OutputGuard guard;

    AnswerReader(Question question) {
        this.question = question;
        schema = AnswerSchema.of(question.scope());
        guard = new OutputGuard(question.tasks());
    }

    /**
     * What was found in each task, in order.
     *
     * @throws InvalidAnswer saying what is wrong
     */
    List<Extract> read(Reply reply) {
        return extracts(schema.read(reply));
    }

    private List<Extract> extracts(JsonNode answer) {
        var extracts = Stream.generate(() -> new Extract(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()))
                .limit(question.tasks().size())
                .toList();
        each(answer, "episodes", (node, where) -> extracts.get(interaction(node, where))
                .episodes()
                .add(episode(node, where)));
        each(answer, "facts", (node, where) -> addFact(extracts, node, where));
        each(answer, "procedures", (node, where) -> addProcedure(extracts, node, where));
        if (question.scope().tiers().contains(Tier.EPISODIC)) {
            checkEpisodes(extracts);
        }
        return extracts;
    }

    private static void checkEpisodes(List<Extract> extracts) {
        for (var place = 0; place < extracts.size(); place++) {
            var count = extracts.get(place).episodes().size();
            if (count != 1) {
                throw new InvalidAnswer(
                        "episodes: got " + count + " for " + Refs.interaction(place) + ", takes exactly one");
            }
        }
    }

    private static FoundEpisode episode(JsonNode node, String where) {
        return new FoundEpisode(
                text(node, "summary", where),
                texts(node, "entities").stream()
                        .map(String::strip)
                        .filter(entity -> !entity.isEmpty())
                        .distinct()
                        .toList(),
                share(node, "importance"));
    }

    private void addFact(List<Extract> extracts, JsonNode node, String where) {
        var interaction = interaction(node, where);
        var action = node.path("action").asString();
        var fact = new FoundFact(
                messages(node, interaction, where),
                action.equals("supersede") ? known(node, where) : List.of(),
                text(node, "subject", where),
                predicate(node, where),
                text(node, "object", where),
                text(node, "statement", where),
                node.path("single_valued").asBoolean(),
                node.path("ended").asBoolean(),
                share(node, "confidence"));
        // What has one object at a time is written down each time it is said: something else may have held in between,
        // which only comes to be known later.
        var isNews = !action.equals("leave") || fact.singleValued();
        if (isNews && guard.allows(interaction, fact)) {
            extracts.get(interaction).facts().add(fact);
        }
    }

    private void addProcedure(List<Extract> extracts, JsonNode node, String where) {
        var interaction = interaction(node, where);
        var trigger = node.path("trigger");
        var procedure = new FoundProcedure(
                messages(node, interaction, where),
                node.path("kind").asString(),
                trigger.isNull() || trigger.asString().isBlank()
                        ? null
                        : trigger.asString().strip(),
                text(node, "instruction", where),
                texts(node, "steps"),
                node.path("polarity").asString(),
                share(node, "confidence"),
                share(node, "importance"));
        if (guard.allows(interaction, procedure)) {
            extracts.get(interaction).procedures().add(guard.ofTheUser(interaction, procedure));
        }
    }

    private int interaction(JsonNode node, String where) {
        var ref = node.path("interaction").asString();
        var count = question.tasks().size();
        return Refs.interactionPlace(ref, count)
                .orElseThrow(() -> new InvalidAnswer(where + ".interaction: got '" + ref + "', takes "
                        + Refs.interaction(0) + " to " + Refs.interaction(count - 1)));
    }

    private List<Integer> messages(JsonNode node, int interaction, String where) {
        var count = question.tasks().get(interaction).getMessages().size();
        var places = texts(node, "messages").stream()
                .map(ref -> Refs.messagePlace(ref, interaction, count)
                        .orElseThrow(() -> new InvalidAnswer(where + ".messages: got '" + ref + "', takes "
                                + Refs.message(interaction, 0) + " to " + Refs.message(interaction, count - 1))))
                .distinct()
                .sorted()
                .toList();
        if (places.isEmpty()) {
            throw new InvalidAnswer(
                    where + ".messages: is empty, takes at least one message of " + Refs.interaction(interaction));
        }
        return places;
    }

    private List<KnownFact> known(JsonNode node, String where) {
        var known = question.known();
        return texts(node, "replaces").stream()
                .distinct()
                .map(ref -> Refs.knownPlace(ref, known.size())
                        .map(known::get)
                        .orElseThrow(() -> new InvalidAnswer(where + ".replaces: got '" + ref
                                + "', takes refs of known facts, and there are " + known.size())))
                .toList();
    }

    private static String predicate(JsonNode node, String where) {
        return text(node, "predicate", where).toLowerCase(Locale.ROOT).replaceAll("[\\s-]++", "_");
    }

    private static String text(JsonNode node, String field, String where) {
        var text = node.path(field).asString().strip();
        if (text.isEmpty()) {
            throw new InvalidAnswer(where + "." + field + ": is blank, takes a text");
        }
        return text;
    }

    private static List<String> texts(JsonNode node, String field) {
        return node.path(field).valueStream().map(JsonNode::asString).toList();
    }

    /** Models write 1.2 or 90 now and then; it is not worth another call. */
    private static double share(JsonNode node, String field) {
        return Math.max(0, Math.min(1, node.path(field).asDouble()));
    }

    private interface Reader {
        void read(JsonNode node, String where);
    }

    private static void each(JsonNode answer, String field, Reader reader) {
        var place = 0;
        for (var node : answer.path(field)) {
            reader.read(node, field + "[" + place++ + "]");
        }
    }
}
