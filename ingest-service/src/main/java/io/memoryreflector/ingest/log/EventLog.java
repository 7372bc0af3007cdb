package io.memoryreflector.ingest.log;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes what callers decide about a user: erasures, changes, ends of sessions. It does not wait in the outbox, because
 * whoever decides something is told at once whether it holds. Thread-safe.
 */
@Component
public final class EventLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<String, SpecificRecord> producer;
    private final Duration patience;

    /** @param admin comes first, as it says it best when the address is wrong */
    EventLog(Environment environment, ServiceSettings settings, EventSerdes serdes, Admin admin) {
        this.patience = settings.kafkaAckTimeout();
        var wait = (int) patience.toMillis();
        var config = environment.kafkaClient();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "ingest-service-events");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, wait);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, wait);
        // What was answered with 503 does not come much later.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * wait);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), serdes.serializer());
    }

    /**
     * Writes an event; returns once Kafka has it.
     *
     * @param at the record's time
     * @throws RequestProblem 503 if Kafka or the registry does not answer in time; asking again does no harm
     */
    public void write(Topic topic, UserKey user, Instant at, SpecificRecord event) {
        try {
            producer.send(new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), user.toString(), event))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException away) {
            LOG.warn("an event for {} cannot be written: {}", topic.name(), away.toString());
            throw RequestProblem.unavailable(
                    "Kafka or the schema registry did not take it in time, so nothing is promised. Ask again; it does no"
                            + " harm.",
                    RETRY_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable("The service is ending.", RETRY_AFTER);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
