package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.reflection.Speaker;

/** An episode rests on all messages of its interaction. */
final class EpisodeMaker implements MemoryMaker<Episode> {
    @Override
    public Episode make(
            ReflectionTask task, Found found, String memoryId, ReflectorVersion version, Embedding embedding) {
        var episode = (FoundEpisode) found;
        return Episode.newBuilder()
                .setMemoryId(memoryId)
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(MemoryMaker.sources(task, task.getMessages()))
                .setReflector(version)
                .setEmbedding(embedding)
                .setImportance(episode.importance())
                .setCategory(task.getCategory())
                .setSource(task.getSource())
                .setSummary(episode.summary())
                .setParticipants(task.getMessages().stream()
                        .map(Speaker::name)
                        .distinct()
                        .toList())
                .setEntities(episode.entities())
                .build();
    }
}
