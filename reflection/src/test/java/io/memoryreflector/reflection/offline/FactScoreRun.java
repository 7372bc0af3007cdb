package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.offline.FactScore.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores the offline reflector's facts against those that people wrote down for the conversations of a folder, and two
 * plain ways beside it. A conversation is {@code {sessions: [{messages: [{id, role, speaker, text, ts}]}], facts: [{fact,
 * evidence}]}}; an id ends with its turn's number after a colon.
 */
final class FactScoreRun {

    private static final Function<Message, Stream<String>> MESSAGES =
            message -> Stream.of(message.getAuthor() + ": " + message.getContent());
    private static final Function<Message, Stream<String>> FIRST_PERSON =
            message -> Sentences.of(message.getContent()).stream()
                    .filter(sentence -> sentence.matches("(?s).*\\b(?:I|I'm|I've|my|My|we|We|our|me)\\b.*"));
    private static final Function<Message, Stream<String>> REFLECTED = FactScoreRun::reflected;

    private FactScoreRun() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
        try (var files = Files.list(Path.of(arguments[0]))) {
            var conversations = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> JsonMapper.shared().readTree(file.toFile()))
                    .toList();
            var messages = scored("messages as they are", MESSAGES, conversations);
            scored("first-person sentences", FIRST_PERSON, conversations);
            var reflected = scored("offline reflector", REFLECTED, conversations);
            System.out.printf(
                    Locale.ROOT, "words of the messages kept: %.2f%n", (double) reflected.tokens() / messages.tokens());
        }
    }

    private static FactScore scored(String way, Function<Message, Stream<String>> facts, List<JsonNode> conversations) {
        var score = conversations.stream()
                .map(conversation -> FactScore.of(found(conversation, facts), written(conversation)))
                .reduce(new FactScore(0, 0, 0, 0), FactScore::plus);
        System.out.printf(
                Locale.ROOT,
                "%-24s precision %.3f  recall %.3f  F1 %.3f  facts %d  words %d%n",
                way,
                score.precision(),
                score.recall(),
                score.f1(),
                score.found(),
                score.tokens());
        return score;
    }

    private static List<Told> found(JsonNode conversation, Function<Message, Stream<String>> facts) {
        return messages(conversation)
                .flatMap(message -> facts.apply(message)
                        .map(fact -> new Told(fact, session(message.getMessageId()), turn(message.getMessageId()))))
                .toList();
    }

    private static List<Told> written(JsonNode conversation) {
        var written = new ArrayList<Told>();
        for (var fact : conversation.get("facts")) {
            var ids = fact.get("evidence")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            if (!ids.isEmpty()) {
                var turns = ids.stream().map(FactScoreRun::turn).collect(Collectors.toCollection(TreeSet::new));
                written.add(new Told(fact.get("fact").stringValue(), session(ids.get(0)), turns));
            }
        }
        return written;
    }

    private static Stream<Message> messages(JsonNode conversation) {
        return conversation
                .get("sessions")
                .valueStream()
                .flatMap(session -> session.get("messages").valueStream())
                .map(message -> new Message(
                        message.get("id").stringValue(),
                        Role.valueOf(message.get("role").stringValue().toUpperCase(Locale.ROOT)),
                        message.get("speaker").stringValue(),
                        message.get("text").stringValue(),
                        Instant.parse(message.get("ts").stringValue())));
    }

    private static Stream<String> reflected(Message message) {
        var reflector = new OfflineSemanticReflector(new HashEmbedder());
        var task = Tasks.task(Tier.SEMANTIC, message);
        task.setContext(List.of(Tasks.said("other", Role.USER, "Another person", "")));
        return reflector.draft(task).stream().map(draft -> draft.memory().getStatement());
    }

    private static String session(String messageId) {
        return messageId.substring(0, messageId.lastIndexOf(':'));
    }

    private static int turn(String messageId) {
        return Integer.parseInt(messageId.substring(messageId.lastIndexOf(':') + 1));
    }
}
