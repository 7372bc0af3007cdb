package io.memoryreflector.streams;

import io.memoryreflector.schemas.encryption.KeyDestroyed;
import io.memoryreflector.schemas.serde.RegistryOutage;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a schema registry, or for keys, that do not answer, so that a stream thread stands still instead of falling
 * over. After {@link #ATTEMPTS} it gives up, so that the consumer's poll interval holds; the thread is then replaced and
 * waits on. A forgotten user's event is null, like a tombstone. Belongs to one stream thread.
 */
final class PatientDeserializer<T> implements Deserializer<T> {

    static final int ATTEMPTS = 60;
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(PatientDeserializer.class);

    /** How to wait. */
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Deserializer<T> inner;
    private final Pause pause;

    /** Sleeps on the stream thread on purpose: it may not go past a record that it cannot read yet. */
    PatientDeserializer(Deserializer<T> inner) {
        this(inner, duration -> Thread.sleep(duration.toMillis()));
    }

    PatientDeserializer(Deserializer<T> inner, Pause pause) {
        this.inner = inner;
        this.pause = pause;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        for (int attempt = 1; ; attempt++) {
            try {
                var value = inner.deserialize(topic, bytes);
                if (attempt > 1) {
                    LOG.info("what is needed to read {} is there again", topic);
                }
                return value;
            } catch (KeyDestroyed e) {
                return null;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !RegistryOutage.explains(e)) {
                    throw e;
                }
                if (attempt == 1) {
                    LOG.warn("{} cannot be read at the moment and waits: {}", topic, e.toString());
                }
                waitABit(e);
            }
        }
    }

    private void waitABit(RuntimeException outage) {
        try {
            pause.of(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outage;
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
