package io.memoryreflector.client.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.memoryreflector.client.Said;
import io.memoryreflector.client.chat.Conversation;
import org.junit.jupiter.api.Test;

class CollectingChatMemoryStoreTest {

    @Test
    void shouldHandOverEachMessageOnceWhateverTheWindowDrops() {
        try (var said = new Said()) {
            var store = new CollectingChatMemoryStore(
                    said.collector(), new InMemoryChatMemoryStore(), id -> Conversation.of("ada", id.toString()));
            var memory = MessageWindowChatMemory.builder()
                    .id("s1")
                    .maxMessages(3)
                    .chatMemoryStore(store)
                    .build();

            memory.add(SystemMessage.from("Be kind."));
            memory.add(UserMessage.from("Is it far?"));
            memory.add(AiMessage.from("Yes."));
            memory.add(UserMessage.from("Yes."));
            memory.add(AiMessage.from("Yes."));
            memory.add(UserMessage.from(TextContent.from("Look."), ImageContent.from("http://127.0.0.1/cat.png")));

            assertThat(memory.messages()).hasSize(3);
            assertThat(said.lines())
                    .containsExactly(
                            "ada s1 user: Is it far?",
                            "ada s1 assistant: Yes.",
                            "ada s1 user: Yes.",
                            "ada s1 assistant: Yes.",
                            "ada s1 user: Look.");

            memory.clear();
            memory.add(UserMessage.from("Is it far?"));
            assertThat(said.lines()).endsWith("ada s1 user: Is it far?").hasSize(6);
        }
    }
}
