package io.memoryreflector.client.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.chat.Conversation;
import io.memoryreflector.client.chat.Windows;
import io.memoryreflector.events.Role;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps the window of a chat in another store, and hands each message that is new to the collector: the log gets a message
 * once, whatever the window drops. System messages are instructions of the application and are not handed over, nor are
 * messages without a text. Deleting forgets the window; what the log has, it keeps.
 *
 * <p>Thread-safe where the other store is, one conversation being one thread's at a time, as in LangChain4j.
 */
public final class CollectingChatMemoryStore implements ChatMemoryStore {

    private final MemoryCollector collector;
    private final ChatMemoryStore window;
    private final Function<Object, Conversation> conversations;
    private final Windows<ChatMessage> windows = new Windows<>();

    /**
     * @param window where the window itself is kept, such as LangChain4j's {@code InMemoryChatMemoryStore}
     * @param conversations whose conversation a memory id is
     */
    public CollectingChatMemoryStore(
            MemoryCollector collector, ChatMemoryStore window, Function<Object, Conversation> conversations) {
        this.collector = collector;
        this.window = window;
        this.conversations = conversations;
    }

    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        return windows.read(memoryId, window.getMessages(memoryId));
    }

    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        var appended = windows.appended(memoryId, messages, () -> window.getMessages(memoryId));
        window.updateMessages(memoryId, messages);
        windows.read(memoryId, messages);
        var drafts = appended.stream()
                .map(CollectingChatMemoryStore::draft)
                .filter(Objects::nonNull)
                .toList();
        if (!drafts.isEmpty()) {
            collector.collect(conversations.apply(memoryId).draft(drafts));
        }
    }

    @Override
    public void deleteMessages(Object memoryId) {
        window.deleteMessages(memoryId);
        windows.forget(memoryId);
    }

    /** Null where there is nothing to remember. */
    private static DraftMessage draft(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return draft(Role.USER, text(user), user.name());
        }
        if (message instanceof AiMessage ai) {
            return draft(Role.ASSISTANT, ai.text(), null);
        }
        if (message instanceof ToolExecutionResultMessage tool && tool.hasSingleText()) {
            return draft(Role.TOOL, tool.text(), tool.toolName());
        }
        return null;
    }

    private static DraftMessage draft(Role role, String text, String author) {
        return text == null || text.isBlank()
                ? null
                : DraftMessage.of(role, text).by(author);
    }

    private static String text(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }
}
