package io.memoryreflector.client.kafka;

import io.github.resilience4j.core.IntervalFunction;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.OperationResult.Position;
import io.memoryreflector.client.OperationResult.Reason;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.sending.Outgoing;
import io.memoryreflector.client.sending.Results;
import io.memoryreflector.client.sending.Transport;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's producer, idempotent and with {@code acks=all}. It never gives a record up: one that drops a record and then
 * gets the next one through turns a user's two interactions round, and a record that it gave up may be in the log all the
 * same. What bounds it is the sender's window. It is made at the first send and not before, because a name that cannot be
 * resolved yet is an outage like any other.
 *
 * <p>Threading: a thread of its own hands over, because metadata and the registry can hold it up.
 */
public final class KafkaTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);

    /** How long a send may wait for metadata or memory. */
    private static final int MAX_BLOCK_MS = 500;

    /** Enough that the thread always has something to do. */
    private static final int MOST_BATCHES = 4;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private static final int REQUEST_MS = 5_000;

    private final Target.Kafka target;
    private final CollectorSettings settings;
    private final Results results;
    private final IntervalFunction backoff;
    private final AtomicInteger handingOver = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var made = new Thread(task, "memory-collector-kafka");
        made.setDaemon(true);
        return made;
    });
    private volatile KafkaProducer<String, Interaction> producer;
    private volatile String fault;
    private volatile boolean abandoned;

    public KafkaTransport(Target.Kafka target, CollectorSettings settings, Results results) {
        this.target = target;
        this.settings = settings;
        this.results = results;
        this.backoff =
                IntervalFunction.ofExponentialRandomBackoff(settings.retryFirst(), 2.0, 0.5, settings.retryMost());
    }

    @Override
    public int send(List<Outgoing> batch) {
        if (batch.isEmpty() || handingOver.get() >= MOST_BATCHES) {
            return 0;
        }
        handingOver.incrementAndGet();
        thread.execute(() -> {
            try {
                batch.forEach(this::handOver);
            } finally {
                handingOver.decrementAndGet();
            }
        });
        return batch.size();
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void abandon() {
        abandoned = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("memory collector: the registry holds a thread up, which loses nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    /** Until the producer has it. */
    private void handOver(Outgoing outgoing) {
        for (var attempt = 1; !abandoned; attempt++) {
            var failure = send(outgoing);
            if (failure == null) {
                fault = null;
                return;
            }
            retryLater(failure, attempt);
        }
    }

    /** Null where the producer has taken it, or has refused it for good. */
    private Exception send(Outgoing outgoing) {
        var sending = new Sending(outgoing);
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(
                        config(), new StringSerializer(), target.serdes().serializer());
            }
            outgoing.leave();
            producer.send(
                    new ProducerRecord<>(
                            // Of the time of its collection, however long it lay on disk: an erasure goes by it.
                            target.topic().name(),
                            null,
                            outgoing.interaction().getReceivedAt().toEpochMilli(),
                            outgoing.key(),
                            outgoing.interaction()),
                    sending);
        } catch (RuntimeException unavailable) {
            // Of what passed the checks, only the way can be at fault: the registry, or a name that does not resolve.
            sending.notTaken = unavailable;
        }
        sending.handedOver = true;
        if (sending.notTaken != null) {
            outgoing.stay();
        }
        return sending.notTaken;
    }

    private void retryLater(Exception failure, int attempt) {
        if (abandoned) {
            return;
        }
        results.retried();
        if (fault == null) {
            LOG.warn("memory collector: {} takes nothing for now: {}", target, failure.toString());
        }
        fault = "Kafka: " + failure.getMessage();
        try {
            Thread.sleep(backoff.apply(attempt)); // The pause between attempts, which closing ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Told of one record's fate, by this thread before {@code send} returns or by the producer's at any time. */
    private final class Sending implements Callback {

        private final Outgoing outgoing;
        private final Thread handingOver = Thread.currentThread();
        private boolean handedOver;
        private Exception notTaken;

        Sending(Outgoing outgoing) {
            this.outgoing = outgoing;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception failure) {
            if (failure == null) {
                results.sent(outgoing, Optional.of(new Position(metadata.partition(), metadata.offset())));
            } else if (failure instanceof RecordTooLargeException) {
                results.refused(outgoing, "messages", failure.getMessage());
            } else if (Thread.currentThread() == handingOver && !handedOver && failure instanceof RetriableException) {
                notTaken = failure;
            } else if (!abandoned) {
                LOG.error("memory collector: interaction {} was not taken: {}", outgoing.id(), failure.toString());
                results.dropped(outgoing, Reason.NOT_TAKEN);
            }
        }
    }

    private Map<String, Object> config() {
        var config = new HashMap<>(target.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, (int) settings.linger().toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, settings.batchBytes());
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "memory-collector");
        return config;
    }
}
