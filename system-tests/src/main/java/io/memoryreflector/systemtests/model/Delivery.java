package io.memoryreflector.systemtests.model;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends answers later and in all the ways in which they may go wrong; a client that has gone meanwhile is no error.
 * Thread-safe; no thread waits for an answer's time.
 */
final class Delivery {

    private static final Duration DRIP = Duration.ofMillis(100);

    /** Without a client that gives up, an endless answer ends after ten minutes. */
    private static final int DRIPS = 6_000;

    private final ScheduledExecutorService clock;
    private final Executor writers;

    Delivery(ScheduledExecutorService clock, Executor writers) {
        this.clock = clock;
        this.writers = writers;
    }

    /** Sends it so after this time, and then runs what comes afterwards. */
    void send(HttpExchange exchange, Outcome outcome, Reply reply, Duration delay, Runnable afterwards) {
        try {
            if (delay.isZero()) {
                sendNow(exchange, outcome, reply, afterwards);
            } else {
                clock.schedule(
                        () -> writers.execute(() -> sendNow(exchange, outcome, reply, afterwards)),
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            // The stub is being stopped, and its connections with it.
            exchange.close();
        }
    }

    private void sendNow(HttpExchange exchange, Outcome outcome, Reply reply, Runnable afterwards) {
        try {
            switch (outcome) {
                case DROPPED -> exchange.close();
                case HALF -> half(exchange, reply);
                case ENDLESS -> endless(exchange, reply);
                default -> whole(exchange, reply);
            }
        } catch (IOException e) {
            exchange.close();
        } finally {
            afterwards.run();
        }
    }

    private static void whole(HttpExchange exchange, Reply reply) throws IOException {
        headers(exchange, reply);
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }

    private static void half(HttpExchange exchange, Reply reply) throws IOException {
        headers(exchange, reply);
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body(), 0, reply.body().length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void endless(HttpExchange exchange, Reply reply) throws IOException {
        headers(exchange, reply);
        exchange.sendResponseHeaders(reply.status(), 0);
        exchange.getResponseBody().write(reply.body(), 0, reply.body().length / 2);
        exchange.getResponseBody().flush();
        drip(exchange, DRIPS);
    }

    private void drip(HttpExchange exchange, int left) {
        try {
            clock.schedule(
                    () -> writers.execute(() -> {
                        try {
                            exchange.getResponseBody().write(' ');
                            exchange.getResponseBody().flush();
                            if (left > 0) {
                                drip(exchange, left - 1);
                            } else {
                                exchange.close();
                            }
                        } catch (IOException e) {
                            exchange.close();
                        }
                    }),
                    DRIP.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            exchange.close();
        }
    }

    private static void headers(HttpExchange exchange, Reply reply) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
    }
}
