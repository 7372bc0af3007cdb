package io.memoryreflector.systemtests.faults.agent;

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
import io.memoryreflector.reflection.offline.OfflineReflectors;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes one memory a task without a vector, late or not at all, as its {@link Behaviour} and the task's id say: the same
 * run fails at the same places. Thread-safe.
 */
public final class FaultyReflector<M extends SpecificRecord> implements Reflector<M> {

    /** Tells the memories of one interaction and tier apart; there is one. */
    public static final String DISCRIMINATOR = "fault";

    private static final ReflectorVersion VERSION = new ReflectorVersion("faulty", "1", null);

    private final Tier tier;
    private final Behaviour behaviour;
    private final Function<ReflectionTask, M> memory;

    private FaultyReflector(Tier tier, Behaviour behaviour, Function<ReflectionTask, M> memory) {
        this.tier = tier;
        this.behaviour = behaviour;
        this.memory = memory;
    }

    /** Takes the place of the offline reflectors. */
    static final class Replacing {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) OfflineReflectors reflectors) {
            reflectors = FaultyReflector.all();
        }

        private Replacing() {}
    }

    /** One for each tier. */
    public static OfflineReflectors all() {
        var behaviour = FaultAgent.behaviour();
        return new OfflineReflectors(
                new FaultyReflector<>(Tier.EPISODIC, behaviour, FaultyReflector::episode),
                new FaultyReflector<>(Tier.SEMANTIC, behaviour, FaultyReflector::fact),
                new FaultyReflector<>(Tier.PROCEDURAL, behaviour, FaultyReflector::procedure));
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
        return behaviour.immediate();
    }

    @Override
    public CompletionStage<Reflection<M>> reflect(ReflectionRequest request) {
        var tasks = request.tasks();
        if (behaviour.immediate()) {
            return CompletableFuture.completedFuture(reflected(tasks));
        }
        var first = tasks.get(0);
        var takes = chance("delay", first) * behaviour.delayMs();
        var trouble = trouble(tasks);
        return CompletableFuture.supplyAsync(
                        () -> trouble.map(Trouble::<M>call)
                                .orElseGet(() -> CompletableFuture.completedFuture(reflected(tasks))),
                        CompletableFuture.delayedExecutor((long) takes, TimeUnit.MILLISECONDS))
                .thenCompose(answer -> answer);
    }

    /** A batch fails for good with any of its tasks, and in passing with its first. */
    private Optional<Trouble> trouble(List<ReflectionTask> tasks) {
        var first = tasks.get(0);
        if (behaviour.failsInPassing(first.getInteractionId(), tier.name(), first.getAttempt())) {
            return Optional.of(Trouble.inPassing(chance("passing " + first.getAttempt(), first)));
        }
        return tasks.stream()
                .filter(task -> behaviour.failsForGood(task.getInteractionId(), tier.name()))
                .findFirst()
                .map(task -> Trouble.forGood(chance("for good", task)));
    }

    private double chance(String of, ReflectionTask task) {
        return Chance.of(of, task.getInteractionId(), tier.name());
    }

    private Reflection<M> reflected(List<ReflectionTask> tasks) {
        return new Reflection.Reflected<>(
                tasks.stream().map(task -> List.of(memory.apply(task))).toList());
    }

    private static Episode episode(ReflectionTask task) {
        return Episode.newBuilder()
                .setMemoryId(id(task))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setCategory(attempt(task))
                .setSummary("happened")
                .build();
    }

    private static Fact fact(ReflectionTask task) {
        return Fact.newBuilder()
                .setMemoryId(id(task))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setCategory(attempt(task))
                .setSubject("user")
                .setPredicate("noted")
                .setObject("note")
                .setStatement("noted")
                .setValidFrom(task.getOccurredAt())
                .build();
    }

    private static Procedure procedure(ReflectionTask task) {
        return Procedure.newBuilder()
                .setMemoryId(id(task))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(sources(task))
                .setReflector(VERSION)
                .setCategory(attempt(task))
                .setKind("instruction")
                .setInstruction("note")
                .setValidFrom(task.getOccurredAt())
                .build();
    }

    private static String id(ReflectionTask task) {
        return Ids.memory(
                new UserKey(task.getNamespace(), task.getUserId()),
                task.getInteractionId(),
                task.getTier().name(),
                DISCRIMINATOR);
    }

    private static List<SourceRef> sources(ReflectionTask task) {
        return List.of(
                new SourceRef(task.getInteractionId(), task.getMessages().get(0).getMessageId()));
    }

    /** Order holds among those that nothing has held up, so a memory says at which attempt it was made. */
    private static String attempt(ReflectionTask task) {
        return Integer.toString(task.getAttempt());
    }
}
