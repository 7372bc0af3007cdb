package io.memoryreflector.connect.rabbitmq;

import java.time.Duration;
import java.util.Optional;

/**
 * What a link needs to know.
 *
 * @param connectionName by which the broker shows it
 * @param prefetchCount deliveries that are not acknowledged, at most
 * @param setup what to declare; empty: nothing
 * @param patience with a broker that answers and refuses
 */
record LinkSettings(
        String connectionName, String queue, int prefetchCount, Optional<QueueSetup> setup, Duration patience) {}
