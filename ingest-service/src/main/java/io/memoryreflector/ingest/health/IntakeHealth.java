package io.memoryreflector.ingest.health;

import io.memoryreflector.ingest.log.InteractionLog;
import io.memoryreflector.ingest.outbox.Outbox;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** An interaction can be taken: by Kafka, or by the outbox. This is what makes the service ready. */
@Component("intakeHealthIndicator")
final class IntakeHealth extends AbstractHealthIndicator {

    private final InteractionLog log;
    private final Outbox outbox;

    IntakeHealth(InteractionLog log, Outbox outbox) {
        super("the intake fails");
        this.log = log;
        this.outbox = outbox;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (log.isOpen()) {
            builder.up().withDetail("takes", "kafka");
        } else if (OutboxHealth.isTaking(outbox)) {
            builder.up().withDetail("takes", "outbox");
        } else {
            builder.down().withDetail("takes", "nothing");
        }
    }
}
