package io.memoryreflector.streams;

import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.reflection.session.SessionLine;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.reflection.session.SessionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells sessions as a test wants it, call by call. */
public final class ScriptedSessionReflector implements SessionReflector {

    /** A call that waits for its answer. */
    public record Call(SessionRequest request, CompletableFuture<Reflection<SessionSummary>> answer) {

        public List<String> texts() {
            return request.lines().stream().map(SessionLine::text).sorted().toList();
        }

        /** Tells the session in these words. */
        public void tell(String words) {
            tell(words, new Usage(100, 20, 1));
        }

        public void tell(String words, Usage usage) {
            answer.complete(new Reflection.Reflected<>(
                    List.of(List.of(SessionSummary.newBuilder(request.extract())
                            .setSummary(words)
                            .setReflector(VERSION)
                            .build())),
                    usage));
        }

        public void fail(ReflectionFailure failure) {
            answer.complete(new Reflection.Failed<>(failure, new Usage(100, 0, 1)));
        }
    }

    private static final ReflectorVersion VERSION = new ReflectorVersion("scripted", "1", "model");

    private final List<Call> open = new ArrayList<>();

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
    public ReflectorVersion version() {
        return VERSION;
    }

    @Override
    public CompletionStage<Reflection<SessionSummary>> reflect(SessionRequest request) {
        var call = new Call(request, new CompletableFuture<>());
        open.add(call);
        return call.answer();
    }
}
