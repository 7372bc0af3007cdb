package io.memoryreflector.benchmarks.topology;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** Reflects on nothing: one memory of a few words for each task, at once. */
final class NoReflection<M extends SpecificRecord> implements Reflector<M> {

    private static final ReflectorVersion VERSION = new ReflectorVersion("none", "1", null);

    private final Tier tier;
    private final Function<ReflectionTask, M> memory;

    private NoReflection(Tier tier, Function<ReflectionTask, M> memory) {
        this.tier = tier;
        this.memory = memory;
    }

    static List<Reflector<?>> ofAllTiers() {
        return List.of(
                new NoReflection<>(Tier.EPISODIC, NoReflection::episode),
                new NoReflection<>(Tier.SEMANTIC, NoReflection::fact),
                new NoReflection<>(Tier.PROCEDURAL, NoReflection::procedure));
    }

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public ReflectorVersion version() {
        return VERSION;
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public CompletionStage<Reflection<M>> reflect(ReflectionRequest request) {
        return CompletableFuture.completedFuture(new Reflection.Reflected<>(
                request.tasks().stream().map(memory).map(List::of).toList()));
    }

    private static Episode episode(ReflectionTask task) {
        return Episode.newBuilder()
                .setMemoryId(id(task, Tier.EPISODIC))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setSummary("Something happened.")
                .build();
    }

    private static Fact fact(ReflectionTask task) {
        return Fact.newBuilder()
                .setMemoryId(id(task, Tier.SEMANTIC))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setSubject("user")
                .setPredicate("said")
                .setObject(task.getInteractionId())
                .setStatement("Something is true.")
                .setValidFrom(task.getOccurredAt())
                .build();
    }

    private static Procedure procedure(ReflectionTask task) {
        return Procedure.newBuilder()
                .setMemoryId(id(task, Tier.PROCEDURAL))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setKind("instruction")
                .setInstruction("Do something.")
                .setValidFrom(task.getOccurredAt())
                .build();
    }

    private static List<SourceRef> sources(ReflectionTask task) {
        return List.of(
                new SourceRef(task.getInteractionId(), task.getMessages().get(0).getMessageId()));
    }

    private static String id(ReflectionTask task, Tier tier) {
        return Ids.memory(
                new UserKey(task.getNamespace(), task.getUserId()),
                task.getInteractionId(),
                tier.name().toLowerCase(Locale.ROOT),
                "only");
    }
}
