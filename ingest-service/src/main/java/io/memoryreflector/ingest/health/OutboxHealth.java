package io.memoryreflector.ingest.health;

import io.memoryreflector.ingest.outbox.Outbox;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The outbox has room and its disk takes writes: without it, Kafka's absence is felt by callers. */
@Component("outboxHealthIndicator")
final class OutboxHealth extends AbstractHealthIndicator {

    private final Outbox outbox;

    OutboxHealth(Outbox outbox) {
        super("the outbox fails");
        this.outbox = outbox;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(isTaking(outbox) ? "UP" : "DOWN")
                .withDetail("depth", outbox.depth())
                .withDetail("bytes", outbox.bytes())
                .withDetail("max_entries", outbox.settings().maxEntries())
                .withDetail("max_bytes", outbox.settings().maxBytes());
        outbox.fault().ifPresent(fault -> builder.withDetail("fault", fault));
    }

    static boolean isTaking(Outbox outbox) {
        return outbox.fault().isEmpty() && !outbox.isFull();
    }
}
