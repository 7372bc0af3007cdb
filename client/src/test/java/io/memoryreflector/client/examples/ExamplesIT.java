package io.memoryreflector.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.memoryreflector.client.InteractionLog;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.SharedStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page's examples do what the page says, with real servers. */
@ExtendWith(SharedStack.class)
class ExamplesIT {

    @TempDir
    private Path folder;

    @Test
    void shouldSendWhatThePageSends() {
        var stack = SharedStack.stack();
        var meters = new SimpleMeterRegistry();

        var first = Examples.first(stack.kafkaBootstrapServers(), stack.schemaRegistryUrl());
        var overHttp = Examples.overHttp(URI.create(stack.ingestUrl()));
        var collector = MemoryCollector.start(
                SharedStack.kafka(), Examples.spilling(folder.resolve("spill")), Examples.listener());
        Examples.meters(collector, meters);
        Examples.everything(collector);
        Examples.reports(collector);
        Examples.langChain4j(collector).add(UserMessage.from("Is it far?"));
        Examples.springAi(collector)
                .saveAll("s1", List.of(new org.springframework.ai.chat.messages.UserMessage("Is it far?")));
        Examples.close(collector);

        assertThat(InteractionLog.ids(stack, "ada"))
                .contains(first.toString(), overHttp.toString(), "chat-17-turn-3")
                .hasSize(8);
        assertThat(meters.get("reflector.client.collected").functionCounter().count())
                .isEqualTo(6);
    }
}
