package io.memoryreflector.reflection.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;

/**
 * What a model wrote.
 *
 * @param text may be empty
 * @param finish why it ended, as far as the endpoint says; may be null
 * @param inputTokens as the endpoint counted them, else an estimate
 * @param outputTokens likewise
 */
record Reply(String text, FinishReason finish, long inputTokens, long outputTokens) {

    private static final int CHARACTERS_PER_TOKEN = 4;

    static Reply of(ChatResponse response, List<ChatMessage> messages) {
        var text =
                response.aiMessage().text() == null ? "" : response.aiMessage().text();
        var usage = response.tokenUsage();
        var input = usage == null ? null : usage.inputTokenCount();
        var output = usage == null ? null : usage.outputTokenCount();
        return new Reply(
                text,
                response.finishReason(),
                input == null ? estimate(messages) : input,
                output == null ? estimate(text) : output);
    }

    /** About how many tokens a request is. */
    static long estimate(List<ChatMessage> messages) {
        return messages.stream().mapToLong(message -> estimate(text(message))).sum();
    }

    private static long estimate(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static String text(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        if (message instanceof UserMessage user) {
            return user.singleText();
        }
        return message instanceof AiMessage ai && ai.text() != null ? ai.text() : "";
    }
}
