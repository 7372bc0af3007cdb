package io.memoryreflector.reflection.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.output.FinishReason;
import io.memoryreflector.reflection.model.http.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks a question, and once more where the answer does not fit, saying why. Thread-safe; blocks its thread. */
final class Interview {

    /** Of an answer that does not fit, as much goes back with the complaint. */
    private static final int LONGEST_QUOTE = 32 * 1024;

    private final Chat chat;
    private final Prompts prompts;

    Interview(Chat chat, Prompts prompts) {
        this.chat = chat;
        this.prompts = prompts;
    }

    /**
     * What was found in each task of the question.
     *
     * @throws RuntimeException as {@link ModelFailures} reads it
     */
    List<Extract> ask(Question question, Deadline deadline, Bill bill) {
        return ask(question.scope(), prompts.user(question), new AnswerReader(question)::read, deadline, bill);
    }

    /**
     * The session in the model's words.
     *
     * @throws RuntimeException as {@link ModelFailures} reads it
     */
    ToldSession ask(SessionQuestion question, Deadline deadline, Bill bill) {
        return ask(Scope.SESSION, prompts.user(question), new SessionReader(question)::read, deadline, bill);
    }

    private <A> A ask(Scope scope, String user, Function<Reply, A> reader, Deadline deadline, Bill bill) {
        var schema = AnswerSchema.of(scope);
        var messages = List.<ChatMessage>of(SystemMessage.from(Prompts.system(scope)), UserMessage.from(user));
        var reply = chat.ask(messages, schema, deadline, bill);
        try {
            return read(reader, reply, "ok", bill);
        } catch (InvalidAnswer e) {
            var again = chat.ask(complaint(messages, reply, e), schema, deadline, bill);
            return read(reader, again, "repaired", bill);
        }
    }

    private static <A> A read(Function<Reply, A> reader, Reply reply, String outcome, Bill bill) {
        if (reply.finish() == FinishReason.CONTENT_FILTER) {
            bill.outcome("refused");
            throw new ContentFilteredException("the endpoint's filter stopped the answer");
        }
        try {
            var answer = reader.apply(reply);
            bill.outcome(outcome);
            return answer;
        } catch (InvalidAnswer e) {
            bill.outcome("invalid");
            throw e;
        }
    }

    private static List<ChatMessage> complaint(List<ChatMessage> messages, Reply reply, InvalidAnswer error) {
        var quote = reply.text().isBlank()
                ? "(nothing)"
                : reply.text().substring(0, Math.min(reply.text().length(), LONGEST_QUOTE));
        var all = new ArrayList<>(messages);
        all.add(AiMessage.from(quote));
        all.add(UserMessage.from("This answer does not fit: " + error.getMessage()
                + "\nAnswer again, with the whole JSON object and nothing else."));
        return all;
    }
}
