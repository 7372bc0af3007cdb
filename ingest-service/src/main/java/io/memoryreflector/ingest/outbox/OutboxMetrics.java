package io.memoryreflector.ingest.outbox;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What waits in the outbox, and what has gone through it since the start. */
@Component
final class OutboxMetrics {

    OutboxMetrics(MeterRegistry meters, Outbox outbox, OutboxDrain drain) {
        Gauge.builder("reflector.outbox.depth", outbox, Outbox::depth)
                .description("Interactions that wait on disk for Kafka")
                .register(meters);
        Gauge.builder("reflector.outbox.bytes", outbox, Outbox::bytes)
                .description("Bytes of the interactions that wait on disk for Kafka")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("reflector.outbox.refused", drain, OutboxDrain::refused)
                .description("Interactions in the outbox that Kafka refuses for their own sake")
                .register(meters);
        FunctionCounter.builder("reflector.outbox.spooled", outbox, Outbox::spooled)
                .description("Interactions that were stored in the outbox")
                .register(meters);
        FunctionCounter.builder("reflector.outbox.drained", outbox, Outbox::drained)
                .description("Interactions that Kafka took from the outbox")
                .register(meters);
    }
}
