package io.memoryreflector.ingest.health;

import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.log.KafkaProbe;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Kafka answers: without it interactions go to the outbox. */
@Component("kafkaHealthIndicator")
final class KafkaHealth extends AbstractHealthIndicator {

    private final KafkaProbe kafka;
    private final InteractionLog log;

    KafkaHealth(KafkaProbe kafka, InteractionLog log) {
        super("Kafka does not answer");
        this.kafka = kafka;
        this.log = log;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("brokers", kafka.brokers()).withDetail("sends_to", log.isOpen() ? "kafka" : "outbox");
    }
}
