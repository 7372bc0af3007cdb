package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Speaker;
import io.memoryreflector.reflection.embedding.Embedder;
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

    /** By the words of the people; a machine's promises and decisions are no event of theirs. */
    private static double importance(ReflectionTask task) {
        var said = task.getMessages().stream()
                .filter(Speaker::isPerson)
                .map(Message::getContent)
                .toList();
        return said.stream()
                .mapToDouble(text -> Importance.of(text, task.getPriority()))
                .max()
                .orElse(Importance.of("", task.getPriority()));
    }

    private static List<String> entities(List<Message> messages) {
        var authors = messages.stream().map(Message::getAuthor).filter(author -> author != null && !author.isBlank());
        var named = messages.stream().map(Message::getContent).map(Names::in).flatMap(List::stream);
        return Stream.concat(authors, named).distinct().toList();
    }
}
