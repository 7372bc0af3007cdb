package io.memoryreflector.reflection.model.http;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One call of an endpoint: blocks its thread until the answer is there, the deadline is over, the thread is interrupted
 * or the exchanges are closed.
 *
 * <p>Threading: belongs to one thread.
 */
public final class Call {

    private final Exchanges exchanges;
    private final Deadline deadline;
    private final int mostBytes;
    private int requests;

    Call(Exchanges exchanges, Deadline deadline, int mostBytes) {
        this.exchanges = exchanges;
        this.deadline = deadline;
        this.mostBytes = mostBytes;
    }

    /** Requests that it has sent; a hedge makes it two. */
    public int requests() {
        return requests;
    }

    /**
     * Does something with a model whose client is {@link Exchanges#client}: its requests are this call's.
     *
     * @throws HttpFailure where the endpoint answers with an error, perhaps as a cause
     * @throws NoAnswer where it does not answer in time and in bounds
     */
    public <T> T with(Supplier<T> model) {
        return exchanges.during(this, model);
    }

    SuccessfulHttpResponse execute(dev.langchain4j.http.client.HttpRequest request) {
        var response = answer(httpRequest(request));
        if (!isGood(response)) {
            throw exchanges.failure(response);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(new String(response.body(), StandardCharsets.UTF_8))
                .build();
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        var hedges = exchanges.hedges();
        var started = new ArrayList<Exchange>(2);
        var hedged = false;
        hedges.started();
        try {
            if (deadline.left().isZero()) {
                throw new TimeoutException("no time was left for the call");
            }
            started.add(start(request));
            var hedgeAfter = hedges.after().filter(after -> after.compareTo(deadline.left()) < 0);
            if (hedgeAfter.isPresent() && !isOver(started.get(0), hedgeAfter.get())) {
                hedged = hedges.take();
            }
            if (hedged) {
                started.add(start(request));
            }
            return await(firstGood(started), deadline.left());
        } catch (TimeoutException e) {
            throw NoAnswer.late(e);
        } finally {
            started.forEach(Exchange::cancel);
            hedges.ended(hedged);
        }
    }

    private Exchange start(HttpRequest request) {
        requests++;
        return exchanges.start(request, mostBytes);
    }

    private static boolean isOver(Exchange exchange, Duration wait) {
        var over = exchange.response().handle((response, error) -> true);
        try {
            return await(over, wait);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration wait) throws TimeoutException {
        try {
            return future.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NoAnswer.cancelled(e);
        } catch (CancellationException e) {
            throw new NoAnswer(NoAnswer.Reason.CANCELLED, "the call was cancelled", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static RuntimeException failure(Throwable cause) {
        for (var error = cause; error != null; error = error.getCause()) {
            if (error instanceof NoAnswer noAnswer) {
                return noAnswer;
            }
            if (error instanceof CancellationException) {
                return new NoAnswer(NoAnswer.Reason.CANCELLED, "the call was cancelled", cause);
            }
        }
        return new NoAnswer(
                NoAnswer.Reason.BROKEN,
                cause instanceof IOException ? "no answer from the model endpoint: " + cause : "the call failed",
                cause);
    }

    /** The first success, else what the last one came to. */
    private static CompletableFuture<HttpResponse<byte[]>> firstGood(List<Exchange> started) {
        var first = new CompletableFuture<HttpResponse<byte[]>>();
        var left = new AtomicInteger(started.size());
        for (var exchange : started) {
            exchange.response().whenComplete((response, error) -> {
                var isLast = left.decrementAndGet() == 0;
                if (error == null && (isLast || isGood(response))) {
                    first.complete(response);
                } else if (isLast) {
                    first.completeExceptionally(error);
                }
            });
        }
        return first;
    }

    private static boolean isGood(HttpResponse<byte[]> response) {
        return response.statusCode() >= 200 && response.statusCode() < 300;
    }

    private static HttpRequest httpRequest(dev.langchain4j.http.client.HttpRequest request) {
        var body = request.body() == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(request.body());
        var builder = HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), body);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }
}
