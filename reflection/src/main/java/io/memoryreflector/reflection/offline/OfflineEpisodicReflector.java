package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.priority.PriorityRules;
import java.util.List;
import java.util.stream.Stream;

/** Keeps what was said: one episode an interaction, with all its messages as sources. Thread-safe. */
public final class OfflineEpisodicReflector extends ImmediateReflector<Episode> {

    /** A reflector that embeds its accounts with this embedder. */
    public OfflineEpisodicReflector(Embedder embedder) {
        super(Tier.EPISODIC, embedder);
    }

    @Override
    List<Draft<Episode>> draft(ReflectionTask task) {
        var messages = task.getMessages();
        var account = Account.of(messages);
        var episode = Episode.newBuilder()
                .setMemoryId(memoryId(task, "account"))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(
                        messages.stream().map(message -> source(task, message)).toList())
                .setReflector(version())
                .setImportance(importance(task))
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setSummary(account)
                .setParticipants(messages.stream().map(Speaker::name).distinct().toList())
                .setEntities(entities(messages))
                .build();
        return List.of(new Draft<>(episode, Account.withTurnBefore(account, messages, task.getContext())));
    }

    @Override
    void setEmbedding(Episode memory, Embedding embedding) {
        memory.setEmbedding(embedding);
    }

    private static double importance(ReflectionTask task) {
        var isSmallTalk = task.getMessages().stream().map(Message::getContent).allMatch(PriorityRules::isSmallTalk);
        if (isSmallTalk) {
            return 0.1;
        }
        return switch (task.getPriority()) {
            case URGENT -> 0.9;
            case HIGH -> 0.8;
            case NORMAL -> 0.5;
            case LOW -> 0.3;
        };
    }

    private static List<String> entities(List<Message> messages) {
        var authors = messages.stream().map(Message::getAuthor).filter(author -> author != null && !author.isBlank());
        var named = messages.stream().map(Message::getContent).map(Names::in).flatMap(List::stream);
        return Stream.concat(authors, named).distinct().toList();
    }
}
