package io.memoryreflector.streams;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A reflector whose calls a test answers one by one; each task becomes one fact that states its first message. */
public final class ScriptedReflector implements Reflector<Fact> {

    /** A call that waits for its answer. */
    public record Call(ReflectionRequest request, CompletableFuture<Reflection<Fact>> answer) {

        public List<ReflectionTask> tasks() {
            return request.tasks();
        }

        public String user() {
            return tasks().get(0).getUserId();
        }

        public List<String> texts() {
            return tasks().stream()
                    .map(task -> task.getMessages().get(0).getContent())
                    .toList();
        }

        public void succeed() {
            succeed(Usage.NONE);
        }

        public void succeed(Usage usage) {
            answer.complete(new Reflection.Reflected<>(
                    tasks().stream().map(task -> List.of(fact(task))).toList(), usage));
        }

        public void fail(ReflectionFailure failure) {
            answer.complete(new Reflection.Failed<>(failure));
        }
    }

    private final Tier tier;
    private final List<Call> open = new ArrayList<>();
    private final Set<String> remembered = new HashSet<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    public ScriptedReflector(Tier tier) {
        this.tier = tier;
    }

    /** The calls that wait, oldest first. */
    public List<Call> open() {
        open.removeIf(call -> call.answer().isDone());
        return List.copyOf(open);
    }

    /** The only call that waits. */
    public Call only() {
        var calls = open();
        if (calls.size() != 1) {
            throw new AssertionError("expected one open call, but there are " + calls.size());
        }
        return calls.get(0);
    }

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public ReflectorVersion version() {
        return new ReflectorVersion("scripted", "1", null);
    }

    @Override
    public boolean immediate() {
        return false;
    }

    @Override
    public CompletionStage<Reflection<Fact>> reflect(ReflectionRequest request) {
        var call = new Call(request, new CompletableFuture<>());
        open.add(call);
        return call.answer();
    }

    @Override
    public Optional<Reflection.Reflected<Fact>> atHand(List<ReflectionTask> tasks) {
        return tasks.stream().allMatch(task -> remembered.contains(text(task)))
                ? Optional.of(new Reflection.Reflected<>(
                        tasks.stream().map(task -> List.of(fact(task))).toList()))
                : Optional.empty();
    }

    @Override
    public Runnable onAtHand(Consumer<String> users) {
        listeners.add(users);
        return () -> listeners.remove(users);
    }

    /** From now on tasks with this text need no call. */
    public void remember(String text) {
        remembered.add(text);
    }

    /** Says that there is something at hand for a user. */
    public void tell(String userKey) {
        listeners.forEach(listener -> listener.accept(userKey));
    }

    private static String text(ReflectionTask task) {
        return task.getMessages().get(0).getContent();
    }

    /** The fact that a task becomes. */
    public static Fact fact(ReflectionTask task) {
        var message = task.getMessages().get(0);
        return Fact.newBuilder()
                .setMemoryId(Ids.memory(
                        new UserKey(task.getNamespace(), task.getUserId()),
                        task.getInteractionId(),
                        task.getTier().name(),
                        "0"))
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setSessionId(task.getSessionId())
                .setOccurredAt(task.getOccurredAt())
                .setRecordedAt(task.getRecordedAt())
                .setSources(List.of(new SourceRef(task.getInteractionId(), message.getMessageId())))
                .setReflector(new ReflectorVersion("scripted", "1", null))
                .setSubject("User")
                .setPredicate("said")
                .setObject(message.getContent())
                .setStatement(message.getContent())
                .setValidFrom(task.getOccurredAt())
                .build();
    }
}
