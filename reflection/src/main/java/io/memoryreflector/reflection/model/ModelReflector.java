package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** A reflector of one tier that asks a model for what it does not have at hand. Thread-safe. */
final class ModelReflector<M extends SpecificRecord> implements Reflector<M> {

    private final Tier tier;
    private final ReflectorVersion version;
    private final MemoryMaker<M> maker;
    private final Answers answers;

    ModelReflector(Tier tier, ReflectorVersion version, MemoryMaker<M> maker, Answers answers) {
        this.tier = tier;
        this.version = version;
        this.maker = maker;
        this.answers = answers;
    }

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public ReflectorVersion version() {
        return version;
    }

    @Override
    public boolean immediate() {
        return false;
    }

    @Override
    public CompletionStage<Reflection<M>> reflect(ReflectionRequest request) {
        var deadline = Deadline.in(answers.timeout());
        var bill = answers.bill(tier, request.tasks().get(0).getNamespace());
        try {
            var findings = answers.findings(tier, request, deadline, bill);
            return CompletableFuture.completedFuture(
                    new Reflection.Reflected<>(memories(request.tasks(), findings), bill.usage()));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(new Reflection.Failed<>(ModelFailures.of(e), bill.usage()));
        }
    }

    @Override
    public Optional<Reflection.Reflected<M>> atHand(List<ReflectionTask> tasks) {
        return answers.atHand(tier, tasks).map(findings -> new Reflection.Reflected<>(memories(tasks, findings)));
    }

    @Override
    public Runnable onAtHand(Consumer<String> users) {
        return answers.onAnswered(tier, users);
    }

    private List<List<M>> memories(List<ReflectionTask> tasks, List<Finding> findings) {
        var memories = new ArrayList<List<M>>(tasks.size());
        for (var place = 0; place < tasks.size(); place++) {
            memories.add(memories(tasks.get(place), findings.get(place)));
        }
        return memories;
    }

    private List<M> memories(ReflectionTask task, Finding finding) {
        var user = new UserKey(task.getNamespace(), task.getUserId());
        var memories = new ArrayList<M>(finding.found().size());
        for (var ordinal = 0; ordinal < finding.found().size(); ordinal++) {
            var id = Ids.memory(
                    user,
                    task.getInteractionId(),
                    tier.name().toLowerCase(Locale.ROOT),
                    ModelReflectors.NAME + "-" + ordinal);
            var vector = Vectors.toBytes(finding.vectors().get(ordinal));
            memories.add(maker.make(
                    task, finding.found().get(ordinal), id, version, new Embedding(answers.embeddingModel(), vector)));
        }
        return List.copyOf(memories);
    }
}
