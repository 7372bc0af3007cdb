package io.memoryreflector.reflection.model.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Collects a body of up to so many bytes and hangs up on what goes on after that.
 *
 * <p>Threading: the client calls it one call at a time; {@link #cancel} may come from any thread.
 */
final class CappedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean cancelled;

    CappedBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Hangs up. */
    void cancel() {
        cancelled = true;
        body.cancel(false);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            if (cancelled) {
                return;
            }
            if (bytes.size() + buffer.remaining() > mostBytes) {
                body.completeExceptionally(new NoAnswer(
                        NoAnswer.Reason.TOO_LARGE, "the answer is larger than " + mostBytes + " bytes", null));
                cancel();
                return;
            }
            var chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @Override
    public void onError(Throwable error) {
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
