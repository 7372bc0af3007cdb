package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.reflection.model.http.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Texts of several callers in one call for their vectors: the first waits a moment for others, as a producer lingers for
 * its batch, and asks for all of them. What fails together is asked for alone, so that nobody fails for another's text,
 * deadline or end.
 *
 * <p>Thread-safe; blocks each caller's thread up to its own deadline.
 */
final class SharedCalls {

    private final Ask ask;
    private final int mostTexts;
    private final Duration linger;
    private Batch open;

    /** One call: a vector for each text, in order. */
    @FunctionalInterface
    interface Ask {
        List<float[]> vectors(List<String> texts, Deadline deadline);
    }

    /** @param linger how long the first of a call waits for others */
    SharedCalls(Ask ask, int mostTexts, Duration linger) {
        this.ask = ask;
        this.mostTexts = mostTexts;
        this.linger = linger;
    }

    /**
     * A vector for each text, in order.
     *
     * @param texts no more than one call may have
     */
    List<float[]> vectors(List<String> texts, Deadline deadline) {
        Batch batch;
        int from;
        boolean isFirst;
        synchronized (this) {
            isFirst = open == null || open.texts.size() + texts.size() > mostTexts;
            if (isFirst) {
                if (open != null) {
                    open.full.countDown();
                }
                open = new Batch();
            }
            batch = open;
            from = batch.texts.size();
            batch.texts.addAll(texts);
        }
        if (isFirst) {
            ask(batch, deadline);
        }
        try {
            return batch.vectors
                    .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS)
                    .subList(from, from + texts.size());
        } catch (ExecutionException e) {
            if (batch.texts.size() == texts.size()) {
                throw (RuntimeException) e.getCause();
            }
            return ask.vectors(texts, deadline);
        } catch (TimeoutException e) {
            throw NoAnswer.late(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NoAnswer.cancelled(e);
        }
    }

    private void ask(Batch batch, Deadline deadline) {
        try {
            var wait = linger.compareTo(deadline.left()) < 0 ? linger : deadline.left();
            batch.full.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The call below ends by it.
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (open == batch) {
                open = null;
            }
        }
        // Nobody adds to it any more.
        try {
            batch.vectors.complete(ask.vectors(List.copyOf(batch.texts), deadline));
        } catch (RuntimeException e) {
            batch.vectors.completeExceptionally(e);
        }
    }

    /** What goes in one call. Its texts are guarded by the calls until it is asked for. */
    private static final class Batch {
        private final List<String> texts = new ArrayList<>();
        private final CountDownLatch full = new CountDownLatch(1);
        private final CompletableFuture<List<float[]>> vectors = new CompletableFuture<>();
    }
}
