package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** A reflector that answers on the calling thread: rules make the memories, then one call embeds all their texts. */
abstract class ImmediateReflector<M extends SpecificRecord> implements Reflector<M> {

    private final Tier tier;
    private final Embedder embedder;

    ImmediateReflector(Tier tier, Embedder embedder) {
        this.tier = tier;
        this.embedder = embedder;
    }

    /** A memory without its vector, and the text that the vector is made of. */
    record Draft<M>(M memory, String text) {}

    /** The memories of one task; pure. */
    abstract List<Draft<M>> draft(ReflectionTask task);

    abstract void setEmbedding(M memory, Embedding embedding);

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public ReflectorVersion version() {
        return OfflineReflectors.version();
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public CompletionStage<Reflection<M>> reflect(ReflectionRequest request) {
        try {
            return CompletableFuture.completedFuture(reflected(request.tasks()));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(new Reflection.Failed<>(ReflectionFailure.of(e)));
        }
    }

    private Reflection<M> reflected(List<ReflectionTask> tasks) {
        var drafts = tasks.stream().map(this::draft).toList();
        var texts = drafts.stream().flatMap(List::stream).map(Draft::text).toList();
        var vectors = texts.isEmpty()
                ? List.<float[]>of().iterator()
                : embedder.embed(texts).iterator();
        var memories = new ArrayList<List<M>>(tasks.size());
        for (var ofTask : drafts) {
            for (var draft : ofTask) {
                setEmbedding(draft.memory(), new Embedding(embedder.model(), Vectors.toBytes(vectors.next())));
            }
            memories.add(ofTask.stream().map(Draft::memory).toList());
        }
        return new Reflection.Reflected<>(memories);
    }

    final String memoryId(ReflectionTask task, String discriminator) {
        return Ids.memory(
                new UserKey(task.getNamespace(), task.getUserId()),
                task.getInteractionId(),
                tier.name().toLowerCase(Locale.ROOT),
                discriminator);
    }

    /** The sources of a memory that rests on one message so far. */
    static List<SourceRef> sources(ReflectionTask task, Message message) {
        return new ArrayList<>(List.of(source(task, message)));
    }

    /** Adds a message to the sources that does not stand there yet. */
    static void addSource(List<SourceRef> sources, ReflectionTask task, Message message) {
        var source = source(task, message);
        if (!sources.contains(source)) {
            sources.add(source);
        }
    }

    static SourceRef source(ReflectionTask task, Message message) {
        return new SourceRef(task.getInteractionId(), message.getMessageId());
    }
}
