package io.memoryreflector.ingest.erasures;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.KeyTopic;
import io.memoryreflector.schemas.encryption.KeysUnavailable;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.Encryption;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Destroys the keys of users who are forgotten, so that what the topics hold of them cannot be read. Follows the erasures
 * from the first one, so what a service that died has left undone is done at the next start. A thread of its own.
 */
@Component
final class KeyDestruction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDestruction.class);
    private static final long AGAIN_MS = 1_000;

    private final Erasures erasures;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "key-destruction");
        daemon.setDaemon(true);
        return daemon;
    });

    KeyDestruction(Erasures erasures, Encryption encryption) {
        this.erasures = erasures;
        encryption.keys().ifPresent(keys -> erasures.onChange(user -> thread.execute(() -> destroy(keys, user))));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void destroy(KeyTopic keys, UserKey user) {
        var upTo = erasures.untilOf(user);
        if (upTo.equals(Instant.MIN)) {
            return;
        }
        try {
            keys.destroy(user, upTo);
        } catch (KeysUnavailable e) {
            LOG.warn("a forgotten user's keys cannot be destroyed yet, trying again: {}", e.toString());
            thread.schedule(() -> destroy(keys, user), AGAIN_MS, TimeUnit.MILLISECONDS);
        }
    }
}
