package io.memoryreflector.ingest.retries;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.status.WaitingRetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the reflector to attempt now what waits: a record without a value on {@code reflector.retry}, with the user's
 * key, so that it reaches the partition in which the task waits. One that has moved on meanwhile is not found there,
 * and nothing happens. Thread-safe.
 */
@Component
final class RetryNow {

    private static final Logger LOG = LoggerFactory.getLogger(RetryNow.class);

    private final Producer<byte[], byte[]> producer;
    private final Duration timeout;

    RetryNow(Producer<byte[], byte[]> replayProducer, ServiceSettings settings) {
        this.producer = replayProducer;
        this.timeout = settings.kafkaAckTimeout();
    }

    /**
     * Sends on what waits; returns once Kafka has all of it.
     *
     * @throws RequestProblem 503 if Kafka does not answer in time; asking again does no harm
     */
    void send(List<WaitingRetry> retries) {
        var until = System.nanoTime() + timeout.toNanos();
        try {
            var sent = new ArrayList<Future<RecordMetadata>>(retries.size());
            for (var retry : retries) {
                sent.add(producer.send(record(retry)));
            }
            for (var one : sent) {
                one.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException away) {
            LOG.warn("retries cannot be sent on: {}", away.toString());
            throw RequestProblem.unavailable("Kafka did not take all in time. Ask again; it does no harm.", timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable("The service is ending.", timeout);
        }
    }

    static ProducerRecord<byte[], byte[]> record(WaitingRetry retry) {
        var now = retry.tier().name() + "/" + retry.dueAt().toEpochMilli() + "/" + retry.interactionId();
        var record = new ProducerRecord<byte[], byte[]>(
                Topics.RETRY.name(), bytes(retry.user().toString()), null);
        record.headers().add(HeaderNames.RETRY_NOW, bytes(now));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
