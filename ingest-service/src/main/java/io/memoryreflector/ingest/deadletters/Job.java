package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What an operator had done with one letter or many, and how far it is. Thread-safe. */
final class Job {

    private final String id;
    private final LetterState target;
    private final Selection selection;
    private final Caller startedBy;
    private final InstantSource clock;
    private final Instant startedAt;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final AtomicReference<String> error = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Instant endedAt;

    /** @param target the state that its letters are to be in */
    Job(String id, LetterState target, Selection selection, Caller startedBy, InstantSource clock) {
        this.id = id;
        this.target = target;
        this.selection = selection;
        this.startedBy = startedBy;
        this.clock = clock;
        this.startedAt = now();
    }

    /** Counts a letter that was sent or discarded, or that could not be. */
    void count(String letterId, Throwable failure) {
        if (failure == null) {
            sent.incrementAndGet();
        } else {
            failed.incrementAndGet();
            error.compareAndSet(null, letterId + ": " + cause(failure));
        }
    }

    /** Counts a letter that was passed over: another job was faster, or it came back meanwhile. */
    void skip() {
        skipped.incrementAndGet();
    }

    /** The job is over. */
    void end() {
        endedAt = now();
        ended.countDown();
    }

    /** The job broke off; its remaining letters stay as they are. */
    void breakOff(Throwable failure) {
        error.set("broke off: " + cause(failure));
        end();
    }

    /** Waits a while for the end; whether it came. */
    boolean awaitEnd(Duration wait) {
        try {
            return ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String id() {
        return id;
    }

    LetterState target() {
        return target;
    }

    /** Whether the caller may know of it: it is of the namespaces that its starter sees. */
    boolean isFor(Caller caller) {
        return startedBy.namespace().map(caller::sees).orElse(caller.namespace().isEmpty());
    }

    Selection selection() {
        return selection;
    }

    int sent() {
        return sent.get();
    }

    int failed() {
        return failed.get();
    }

    int skipped() {
        return skipped.get();
    }

    Instant startedAt() {
        return startedAt;
    }

    Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** The first failure, if any. */
    Optional<String> error() {
        return Optional.ofNullable(error.get());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String cause(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
