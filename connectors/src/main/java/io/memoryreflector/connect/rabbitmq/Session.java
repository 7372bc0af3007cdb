package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One channel's life: what it delivers, and how far that is acknowledged.
 *
 * <p>Threading notes: the link's thread opens it, acknowledges and closes it. The client's dispatch thread hands over
 * deliveries and says that the channel has ended. The producer's callback thread says what is done, and never waits for
 * the broker.
 */
final class Session {

    /** How long acknowledgements wait for company. */
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long epoch;
    private final Channel channel;
    private final String queue;
    private final BlockingQueue<JobMessage> deliveries;
    private final int prefetchCount;
    private final int enough;
    private final Watermark watermark = new Watermark();
    private long acknowledged;
    private IOException ended;
    private boolean closing;

    /**
     * @param prefetchCount deliveries that are not acknowledged, at most
     * @param deliveries has room for so many
     */
    Session(long epoch, Channel channel, String queue, int prefetchCount, BlockingQueue<JobMessage> deliveries) {
        this.epoch = epoch;
        this.channel = channel;
        this.queue = queue;
        this.prefetchCount = prefetchCount;
        this.deliveries = deliveries;
        // The broker goes on sending long before the last of them is acknowledged.
        this.enough = Math.max(1, prefetchCount / 4);
    }

    /** Begins to consume. */
    void consume() throws IOException {
        // For each consumer, before it begins: newer brokers refuse a limit for the whole channel.
        channel.basicQos(prefetchCount, false);
        channel.basicConsume(queue, false, new Consumer(channel));
    }

    long epoch() {
        return epoch;
    }

    /** Kafka has what was delivered under this tag. */
    synchronized void done(long tag) {
        var before = watermark.reached();
        watermark.done(tag);
        var waiting = watermark.reached() - acknowledged;
        if (before == acknowledged && waiting > 0 || waiting >= enough) {
            notifyAll();
        }
    }

    /** Lets {@link #acknowledge} come to its end. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    /**
     * Acknowledges what is done, in batches, until the session is closed.
     *
     * @throws IOException if the broker has ended the channel or the consumer
     */
    void acknowledge() throws IOException, InterruptedException {
        for (var next = await(); next.isPresent(); next = await()) {
            channel.basicAck(next.getAsLong(), true);
            acknowledged(next.getAsLong());
        }
    }

    /** The tag up to which to acknowledge; none at the end. */
    private synchronized OptionalLong await() throws IOException, InterruptedException {
        while (watermark.reached() == acknowledged && !closing && ended == null) {
            wait();
        }
        var deadline = System.nanoTime() + BATCH_NANOS;
        for (var left = BATCH_NANOS;
                left > 0 && watermark.reached() - acknowledged < enough && !closing && ended == null;
                left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (ended != null) {
            throw ended;
        }
        return watermark.reached() > acknowledged ? OptionalLong.of(watermark.reached()) : OptionalLong.empty();
    }

    private synchronized void acknowledged(long tag) {
        acknowledged = tag;
    }

    private synchronized void end(IOException reason) {
        if (ended == null) {
            ended = reason;
        }
        notifyAll();
    }

    private final class Consumer extends DefaultConsumer {

        Consumer(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            // There is room for all that the broker may send; were there none, the client would close the channel.
            deliveries.add(new JobMessage(epoch, envelope, properties, body));
        }

        @Override
        public void handleCancel(String consumerTag) {
            end(new ConsumerEnded(queue));
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
            end(new IOException(signal));
        }
    }
}
