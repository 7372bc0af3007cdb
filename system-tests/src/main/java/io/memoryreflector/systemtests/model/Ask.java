package io.memoryreflector.systemtests.model;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a chat request asks of a model, read from its user message.
 *
 * @param model asked for
 * @param tier episodic, semantic, procedural, all or session; {@code other} where the user message is not a reflector's
 * @param known what the prompt says is known
 * @param interactions to be reflected, in order
 * @param memories of a session that is to be told in short, in order
 * @param repair whether it asks to mend an earlier answer
 * @param format {@code response_format.type}; {@code text} where none is asked for
 * @param characters of all messages together
 */
record Ask(
        String model,
        String tier,
        List<Known> known,
        List<Conversation> interactions,
        List<Remembered> memories,
        boolean repair,
        String format,
        int characters) {

    static final String ALL = "all";
    static final String SESSION = "session";
    static final String OTHER = "other";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A fact that is known already. */
    record Known(String ref, String subject, String predicate, String object, Instant since) {}

    /** One memory of a session. */
    record Remembered(String ref, String text) {}

    /** One interaction. */
    record Conversation(String ref, List<Said> messages) {}

    /** One message. */
    record Said(String ref, String speaker, String role, Instant at, String text) {

        boolean isUsers() {
            return role.equals("user");
        }
    }

    /** @throws IllegalArgumentException naming the field that a chat request must have */
    static Ask read(JsonNode request) {
        if (!request.path("model").isString()) {
            throw new IllegalArgumentException("model: is missing, takes the name of a model");
        }
        var messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new IllegalArgumentException("messages: is missing, takes at least one message");
        }
        var users = messages.valueStream()
                .filter(message -> message.path("role").asString("").equals("user"))
                .map(Ask::text)
                .toList();
        var prompt = users.stream().findFirst().flatMap(Ask::object);
        return new Ask(
                request.path("model").asString(),
                prompt.map(json -> json.path("tier").asString(OTHER)).orElse(OTHER),
                prompt.map(Ask::known).orElse(List.of()),
                prompt.map(Ask::interactions).orElse(List.of()),
                prompt.map(Ask::memories).orElse(List.of()),
                users.size() > 1,
                request.path("response_format").path("type").asString("text"),
                messages.valueStream()
                        .mapToInt(message -> text(message).length())
                        .sum());
    }

    /** The texts to be reflected, which tell one request from another. */
    List<String> texts() {
        var said = interactions.stream()
                .map(each -> each.messages().stream().map(Said::text).collect(Collectors.joining("\n")));
        return Stream.concat(said, memories.stream().map(Remembered::text)).toList();
    }

    /** Whether the answer is to have this tier's array. */
    boolean wants(String asked) {
        return tier.equals(asked) || tier.equals(ALL);
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Content is a text, or parts of which each has one. */
    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isArray()
                ? content.valueStream()
                        .map(part -> part.path("text").asString(""))
                        .collect(Collectors.joining())
                : content.asString("");
    }

    private static List<Known> known(JsonNode prompt) {
        return prompt.path("known")
                .valueStream()
                .map(fact -> new Known(
                        fact.path("ref").asString(""),
                        fact.path("subject").asString(""),
                        fact.path("predicate").asString(""),
                        fact.path("object").asString(""),
                        instant(fact.path("since"))))
                .toList();
    }

    private static List<Remembered> memories(JsonNode prompt) {
        return prompt.path("memories")
                .valueStream()
                .map(memory -> new Remembered(
                        memory.path("ref").asString(""), memory.path("text").asString("")))
                .toList();
    }

    private static List<Conversation> interactions(JsonNode prompt) {
        return prompt.path("interactions")
                .valueStream()
                .map(each -> new Conversation(
                        each.path("ref").asString(""),
                        each.path("messages")
                                .valueStream()
                                .map(message -> said(each, message))
                                .toList()))
                .toList();
    }

    private static Said said(JsonNode interaction, JsonNode message) {
        return new Said(
                message.path("ref").asString(""),
                message.path("speaker").asString("User"),
                message.path("role").asString("user"),
                message.has("at") ? instant(message.path("at")) : instant(interaction.path("at")),
                message.path("text").asString(""));
    }

    private static Instant instant(JsonNode json) {
        try {
            return Instant.parse(json.asString(""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
