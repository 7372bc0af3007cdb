package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the queue: connects, consumes, acknowledges, and connects again for ever when it is lost. A broker that
 * answers and refuses is asked again for a while only; then the link has failed.
 *
 * <p>Threading notes: a thread of its own does all that waits for the broker. {@link #take}, {@link #isCurrent} and
 * {@link #failure} are for the task's thread, {@link #done} for the producer's callback thread. Each channel is an
 * epoch: what an earlier one delivered and is not acknowledged comes again, so what is done of it is dropped.
 */
final class QueueLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLink.class);

    /** Connect gives a task five seconds to stop. */
    private static final Duration CLOSE = Duration.ofSeconds(4);

    private static final int CLOSE_MS = 2_000;

    private final ConnectionFactory factory;
    private final LinkSettings settings;
    private final ExponentialBackoff backoff;
    private final BlockingQueue<JobMessage> deliveries;
    private final ExecutorService dispatch =
            Executors.newSingleThreadExecutor(task -> daemon(task, "rabbitmq-deliveries"));
    private final Thread thread = daemon(this::run, "rabbitmq-link");
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong stale = new AtomicLong();
    private volatile Session session;
    private volatile RuntimeException failure;
    private long epoch;
    private long attempts;
    private Long refusedSince;
    private String lastReason;

    QueueLink(ConnectionFactory factory, LinkSettings settings, ExponentialBackoff backoff) {
        this.factory = factory;
        this.settings = settings;
        this.backoff = backoff;
        // What the last channel left, which is dropped before the next one begins, and what this one may send.
        this.deliveries = new LinkedBlockingQueue<>(2 * settings.prefetchCount());
    }

    /** Begins to connect, without waiting for it. */
    void open() {
        thread.start();
    }

    /** Takes the deliveries that are there; waits so long for the first of them. */
    void take(Collection<JobMessage> taken, int max, Duration wait) throws InterruptedException {
        var first = deliveries.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            deliveries.drainTo(taken, max - 1);
        }
    }

    /** Whether a delivery is of the channel that is open; else it comes again. */
    boolean isCurrent(JobMessage message) {
        var current = session;
        return current != null && current.epoch() == message.epoch();
    }

    /** Kafka has a delivery. Never waits, never throws. */
    void done(long epochOfDelivery, long tag) {
        var current = session;
        if (current != null && current.epoch() == epochOfDelivery) {
            current.done(tag);
        } else {
            stale.incrementAndGet();
        }
    }

    /** Why the link has ended though nobody closed it. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Acknowledges what is done, and gives back the rest. */
    @Override
    public void close() {
        closed.countDown();
        var current = session;
        if (current != null) {
            current.close();
        }
        try {
            thread.join(CLOSE.toMillis());
            if (thread.isAlive()) {
                LOG.warn("RabbitMQ has not taken its leave after {}; it finds out by its heartbeat", CLOSE);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dispatch.shutdownNow();
        }
    }

    private void run() {
        try {
            while (!isClosed() && failure == null) {
                try {
                    consume();
                } catch (IOException | TimeoutException | ShutdownSignalException e) {
                    lost(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A task must not look as if it ran when nobody carries anything.
            failure = new ConnectException("the link to RabbitMQ has ended", e);
        }
    }

    private void consume() throws IOException, TimeoutException, InterruptedException {
        var connection = factory.newConnection(dispatch, settings.connectionName());
        try {
            if (settings.setup().isPresent()) {
                settings.setup().get().declare(connection);
            }
            // What the last channel has left comes again.
            deliveries.clear();
            var channel = channel(connection);
            var opened = new Session(++epoch, channel, settings.queue(), settings.prefetchCount(), deliveries);
            session = opened;
            if (isClosed()) {
                return;
            }
            opened.consume();
            consuming();
            opened.acknowledge();
        } finally {
            session = null;
            close(connection);
        }
    }

    private void consuming() {
        attempts = 0;
        refusedSince = null;
        lastReason = null;
        var dropped = stale.getAndSet(0);
        LOG.info(
                "consumes {} of {}:{}{}",
                settings.queue(),
                factory.getHost(),
                factory.getPort(),
                dropped == 0
                        ? ""
                        : "; " + dropped + " records that Kafka has come again, because their channel had ended");
    }

    /** Waits until it is time to try again, or gives up. */
    private void lost(Exception error) throws InterruptedException {
        if (isClosed()) {
            return;
        }
        var reason = BrokerAnswer.text(error);
        if (!BrokerAnswer.isRefusal(error)) {
            refusedSince = null;
        } else if (refusedSince == null) {
            refusedSince = System.nanoTime();
        } else if (System.nanoTime() - refusedSince > settings.patience().toNanos()) {
            failure = new ConnectException(
                    "RabbitMQ has refused for " + settings.patience().toSeconds() + " s to let " + settings.queue()
                            + " be consumed: " + reason + ". " + BrokerAnswer.advice(error),
                    error);
            return;
        }
        // Said once for each reason, not at each attempt.
        if (!reason.equals(lastReason)) {
            lastReason = reason;
            LOG.warn("cannot consume {}: {}; tries again", settings.queue(), reason);
        }
        if (closed.await(backoff.backoff(attempts++), TimeUnit.MILLISECONDS)) {
            LOG.debug("closed while waiting for RabbitMQ");
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** @throws IOException also where the client itself would give null */
    static Channel channel(Connection connection) throws IOException {
        return connection.openChannel().orElseThrow(() -> new IOException("the broker allows no more channels"));
    }

    private static void close(Connection connection) {
        try {
            connection.close(CLOSE_MS);
        } catch (IOException | ShutdownSignalException e) {
            // It has ended already, or ends now without a word.
            connection.abort(CLOSE_MS);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
