package io.memoryreflector.ingest.erasures;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.ErasuresFeed;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Reads all erasures as long as the service runs, whoever asked for them. Thread-safe. */
@Component
public final class KnownErasures implements SmartLifecycle {

    private final ErasuresFeed feed;
    private volatile boolean running;

    KnownErasures(Environment environment, ServiceSettings settings, EventSerdes serdes, Erasures erasures) {
        Map<String, Object> kafka = environment.kafkaClient();
        kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        kafka.put(CommonClientConfigs.CLIENT_ID_CONFIG, "ingest-service-erasures");
        this.feed = new ErasuresFeed(kafka, serdes, erasures);
    }

    /** Whether all erasures that were there at the start are known, after waiting for it this long. */
    public boolean areRead(Duration wait) {
        return feed.isCaughtUp(wait);
    }

    @Override
    public void start() {
        running = true;
        feed.start();
    }

    @Override
    public void stop() {
        running = false;
        feed.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the topics are there, before the web server opens. */
    @Override
    public int getPhase() {
        return 1;
    }
}
