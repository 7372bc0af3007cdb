package io.memoryreflector.client.springai;

import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.chat.Conversation;
import io.memoryreflector.client.chat.Windows;
import io.memoryreflector.events.Role;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;

/**
 * Keeps the window of a chat in another repository, and hands each message that is new to the collector: the log gets a
 * message once, whatever the window drops. System messages are instructions of the application and are not handed over,
 * nor are messages without a text. What a window drops in the very call that brings it never comes here, so a window must
 * have room for what is added at once. Deleting forgets the window; what the log has, it keeps.
 *
 * <p>Thread-safe where the other repository is, one conversation being one thread's at a time, as in Spring AI.
 */
public final class CollectingChatMemoryRepository implements ChatMemoryRepository {

    private final MemoryCollector collector;
    private final ChatMemoryRepository window;
    private final Function<String, Conversation> conversations;
    private final Windows<Message> windows = new Windows<>();

    /**
     * @param window where the window itself is kept, such as Spring AI's {@code InMemoryChatMemoryRepository}
     * @param conversations whose conversation a conversation id is
     */
    public CollectingChatMemoryRepository(
            MemoryCollector collector, ChatMemoryRepository window, Function<String, Conversation> conversations) {
        this.collector = collector;
        this.window = window;
        this.conversations = conversations;
    }

    @Override
    public List<String> findConversationIds() {
        return window.findConversationIds();
    }

    @Override
    public List<Message> findByConversationId(String conversationId) {
        return windows.read(conversationId, window.findByConversationId(conversationId));
    }

    @Override
    public void saveAll(String conversationId, List<Message> messages) {
        var appended = windows.appended(conversationId, messages, () -> window.findByConversationId(conversationId));
        window.saveAll(conversationId, messages);
        windows.read(conversationId, messages);
        var drafts = appended.stream()
                .map(CollectingChatMemoryRepository::draft)
                .filter(Objects::nonNull)
                .toList();
        if (!drafts.isEmpty()) {
            collector.collect(conversations.apply(conversationId).draft(drafts));
        }
    }

    @Override
    public void deleteByConversationId(String conversationId) {
        window.deleteByConversationId(conversationId);
        windows.forget(conversationId);
    }

    /** Null where there is nothing to remember. */
    private static DraftMessage draft(Message message) {
        var text = message.getText();
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (message.getMessageType()) {
            case USER -> DraftMessage.of(Role.USER, text);
            case ASSISTANT -> DraftMessage.of(Role.ASSISTANT, text);
            case TOOL -> DraftMessage.of(Role.TOOL, text);
            case SYSTEM -> null;
        };
    }
}
