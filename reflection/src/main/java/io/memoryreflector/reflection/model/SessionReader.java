package io.memoryreflector.reflection.model;

import tools.jackson.databind.JsonNode;

/**
 * Reads the answer about a session: its schema, its length, whether it rests on what was shown, and whether it gives
 * orders to those who will read it.
 *
 * <p>Threading: belongs to one thread.
 */
final class SessionReader {

    /** Several times what is asked for. */
    static final int LONGEST_SUMMARY = 4_000;

    private final SessionQuestion question;

    SessionReader(SessionQuestion question) {
        this.question = question;
    }

    /** @throws InvalidAnswer saying what is wrong */
    ToldSession read(Reply reply) {
        var answer = AnswerSchema.of(Scope.SESSION).read(reply);
        var summary = answer.path("summary").asString().strip();
        if (summary.isEmpty()) {
            throw new InvalidAnswer("summary: is blank, takes a text");
        }
        if (summary.length() > LONGEST_SUMMARY) {
            throw new InvalidAnswer(
                    "summary: got " + summary.length() + " characters, takes at most " + LONGEST_SUMMARY);
        }
        if (OrderToModel.isIn(summary)) {
            throw new InvalidAnswer("summary: gives orders to whoever reads it, takes an account of what was said");
        }
        var from = answer.path("memories")
                .valueStream()
                .map(this::place)
                .distinct()
                .sorted()
                .map(question.lines()::get)
                .toList();
        if (from.isEmpty()) {
            throw new InvalidAnswer("memories: is empty, takes the refs of those that the summary rests on");
        }
        return new ToldSession(summary, from);
    }

    private Integer place(JsonNode ref) {
        var count = question.lines().size();
        return Refs.memoryPlace(ref.asString(), count)
                .orElseThrow(() -> new InvalidAnswer("memories: got '" + ref.asString() + "', takes " + Refs.memory(0)
                        + " to " + Refs.memory(count - 1)));
    }
}
