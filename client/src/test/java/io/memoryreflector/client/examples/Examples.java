package io.memoryreflector.client.examples;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.memoryreflector.client.Category;
import io.memoryreflector.client.CollectorListener;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.OperationResult;
import io.memoryreflector.client.OperationResult.Dropped;
import io.memoryreflector.client.OperationResult.Refused;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import io.memoryreflector.client.chat.Conversation;
import io.memoryreflector.client.langchain4j.CollectingChatMemoryStore;
import io.memoryreflector.client.micrometer.CollectorMetrics;
import io.memoryreflector.client.springai.CollectingChatMemoryRepository;
import io.memoryreflector.events.Priority;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;

/** What docs/clients/java-sdk.md shows; a test runs it and compares the page with it. */
final class Examples {

    private static final Logger LOG = LoggerFactory.getLogger(Examples.class);

    private Examples() {}

    static OperationId first(String bootstrapServers, String schemaRegistryUrl) {
        try (var collector = MemoryCollector.start(
                Target.kafka(bootstrapServers, schemaRegistryUrl), CollectorSettings.production())) {
            return collector.collect("ada", "I moved to Lisbon last week.", "How is it?");
        }
    }

    static OperationId overHttp(URI service) {
        try (var collector = MemoryCollector.start(Target.http(service), CollectorSettings.production())) {
            return collector.collect("ada", "I moved to Lisbon last week.", "How is it?");
        }
    }

    static OperationId toInbox(String bootstrapServers, String schemaRegistryUrl) {
        try (var collector = MemoryCollector.start(
                Target.kafka(bootstrapServers, schemaRegistryUrl).toInbox(), CollectorSettings.production())) {
            return collector.collect("ada", "I moved to Lisbon last week.", "How is it?");
        }
    }

    static OperationId everything(MemoryCollector collector) {
        return collector.collect(InteractionDraft.of(
                        "ada",
                        DraftMessage.user("I moved to Lisbon last week.")
                                .withMessageId("D1:3")
                                .by("Ada"),
                        DraftMessage.assistant("How is it?"))
                .withId("chat-17-turn-3")
                .inNamespace("default")
                .inSession("s1")
                .at(Instant.parse("2026-05-02T10:00:00Z"))
                .withPriority(Priority.HIGH)
                .withCategory("chat")
                .with("channel", "web"));
    }

    static void reports(MemoryCollector collector) {
        collector.collectBug("ada", "The page stays blank after the login.");
        collector.collectFeedback("ada", "The new search is good.");
        collector.report(Category.ERROR, "ada", "Payment failed.", Map.of("code", "E42"));
    }

    static CollectorSettings spilling(Path folder) {
        return CollectorSettings.production()
                .change()
                .whenFull(WhenFull.spill(folder, 1L << 30))
                .bufferEntries(1 << 17)
                .closeWithin(Duration.ofSeconds(10))
                .build();
    }

    static CollectorListener listener() {
        return new CollectorListener() {
            @Override
            public void onResult(OperationResult result) {
                if (result instanceof Refused refused) {
                    LOG.warn("{} refused: {}: {}", refused.id(), refused.field(), refused.message());
                } else if (result instanceof Dropped dropped) {
                    LOG.warn("{} dropped: {}", dropped.id(), dropped.reason());
                }
            }

            @Override
            public void onSlow(OperationId id, Duration took) {
                LOG.warn("{} took {}", id, took);
            }
        };
    }

    static void close(MemoryCollector collector) {
        var report = collector.close(Duration.ofSeconds(10));
        if (!report.isComplete()) {
            LOG.error("gone: {}, in doubt: {}", report.dropped(), report.unconfirmed());
        }
    }

    static void meters(MemoryCollector collector, MeterRegistry registry) {
        new CollectorMetrics(collector).bindTo(registry);
    }

    static ChatMemory langChain4j(MemoryCollector collector) {
        var store = new CollectingChatMemoryStore(
                collector, new InMemoryChatMemoryStore(), memoryId -> Conversation.of("ada", memoryId.toString()));
        return MessageWindowChatMemory.builder()
                .id("s1")
                .maxMessages(20)
                .chatMemoryStore(store)
                .build();
    }

    static ChatMemoryRepository springAi(MemoryCollector collector) {
        return new CollectingChatMemoryRepository(
                collector,
                new InMemoryChatMemoryRepository(),
                conversationId -> Conversation.of("ada", conversationId));
    }
}
