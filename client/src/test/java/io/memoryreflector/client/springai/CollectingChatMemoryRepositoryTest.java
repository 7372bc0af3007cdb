package io.memoryreflector.client.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.client.Said;
import io.memoryreflector.client.chat.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

class CollectingChatMemoryRepositoryTest {

    @Test
    void shouldHandOverEachMessageOnceWhateverTheWindowDrops() {
        try (var said = new Said()) {
            var repository = new CollectingChatMemoryRepository(
                    said.collector(), new InMemoryChatMemoryRepository(), id -> Conversation.of("ada", id));
            var memory = MessageWindowChatMemory.builder()
                    .chatMemoryRepository(repository)
                    .maxMessages(4)
                    .build();

            memory.add("s1", List.of(new SystemMessage("Be kind."), new UserMessage("Is it far?")));
            memory.add("s1", new AssistantMessage("Yes."));
            memory.add("s1", new UserMessage("Yes."));
            memory.add("s1", List.of(new AssistantMessage("Yes."), new UserMessage("Yes.")));

            assertThat(memory.get("s1")).as("the window").hasSizeLessThanOrEqualTo(4);
            assertThat(repository.findConversationIds()).containsExactly("s1");
            assertThat(said.lines())
                    .containsExactly(
                            "ada s1 user: Is it far?",
                            "ada s1 assistant: Yes.",
                            "ada s1 user: Yes.",
                            "ada s1 assistant: Yes.",
                            "ada s1 user: Yes.");

            memory.clear("s1");
            memory.add("s1", new UserMessage("Is it far?"));
            assertThat(said.lines()).endsWith("ada s1 user: Is it far?").hasSize(6);
        }
    }
}
