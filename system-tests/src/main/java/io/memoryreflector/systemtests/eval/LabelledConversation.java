package io.memoryreflector.systemtests.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation with questions and the messages that answer them, as read from a JSON file:
 * {@code {conv_id, sessions: [{session_id, messages: [{id, role, speaker, text, ts}]}], questions: [{qid, category,
 * question, evidence: [message ids]}], facts: [{fact, evidence}]}}.
 */
record LabelledConversation(String id, List<Turn> turns, List<Question> questions, List<StatedFact> facts) {

    record Turn(String sessionId, String messageId, String role, String speaker, String text, String sentAt) {}

    record Question(String id, String category, String text, Set<String> evidence) {}

    /** What a person found to be a fact, and the messages that say so. */
    record StatedFact(String text, Set<String> evidence) {}

    /** Questions that have an answer: those with evidence that are not meant to mislead. */
    List<Question> answerable() {
        return questions.stream()
                .filter(q -> !q.evidence().isEmpty() && !q.category().equals("adversarial"))
                .toList();
    }

    static LabelledConversation read(Path file) {
        try {
            var root = JsonMapper.shared().readTree(Files.readString(file));
            var turns = new ArrayList<Turn>();
            for (var session : root.path("sessions")) {
                for (var message : session.path("messages")) {
                    turns.add(new Turn(
                            session.path("session_id").asString(),
                            message.path("id").asString(),
                            message.path("role").asString(),
                            message.path("speaker").asString(),
                            message.path("text").asString(),
                            message.path("ts").asString()));
                }
            }
            var questions = new ArrayList<Question>();
            for (var question : root.path("questions")) {
                questions.add(new Question(
                        question.path("qid").asString(),
                        question.path("category").asString(),
                        question.path("question").asString(),
                        evidence(question)));
            }
            var facts = new ArrayList<StatedFact>();
            for (var fact : root.path("facts")) {
                facts.add(new StatedFact(fact.path("fact").asString(), evidence(fact)));
            }
            return new LabelledConversation(root.path("conv_id").asString(), turns, questions, facts);
        } catch (IOException e) {
            throw new UncheckedIOException("DATA: cannot read " + file, e);
        }
    }

    private static Set<String> evidence(JsonNode labelled) {
        return labelled.path("evidence")
                .valueStream()
                .map(evidence -> evidence.asString())
                .collect(Collectors.toUnmodifiableSet());
    }
}
