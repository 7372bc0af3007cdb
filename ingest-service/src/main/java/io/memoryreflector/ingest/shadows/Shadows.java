package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is of shadows, and taking them away. Thread-safe. */
final class Shadows implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final Duration COUNTS = Duration.ofSeconds(5);
    private static final Duration UNUSED = Duration.ofMinutes(5);

    private final ShadowKafka kafka;
    private final Map<String, Object> client;
    private final EventSerdes serdes;
    private final Erasures erasures;
    private final ShadowActions actions;
    private final Promotions promotions;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final ScheduledExecutorService tidying = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "shadow-tallies");
        daemon.setDaemon(true);
        return daemon;
    });

    /** @param client settings of every Kafka client */
    Shadows(
            ShadowKafka kafka,
            Map<String, Object> client,
            EventSerdes serdes,
            Erasures erasures,
            ShadowActions actions,
            Promotions promotions) {
        this.kafka = kafka;
        this.client = client;
        this.serdes = serdes;
        this.erasures = erasures;
        this.actions = actions;
        this.promotions = promotions;
        tidying.scheduleWithFixedDelay(() -> closeTallies(name -> true), 1, 1, TimeUnit.MINUTES);
    }

    /** How one stands. */
    record Standing(Shadow shadow, ShadowKafka.Place place, Tally.Sum sum, Optional<ShadowAction> lastAction) {}

    /** What was taken away. */
    record Removed(int topics, int subjects) {}

    List<String> names() {
        var names = kafka.names();
        closeTallies(names::contains);
        return List.copyOf(names);
    }

    /** @throws RequestProblem 404 where there is none */
    Standing standing(Shadow shadow) {
        kafka.run(shadow);
        var tally = tallies.computeIfAbsent(shadow.name(), name -> new Tally(client, serdes, erasures, shadow));
        var sum = tally.sum(COUNTS);
        // After a start, what was done before is not known at once.
        actions.isRead(COUNTS);
        return new Standing(shadow, kafka.place(shadow), sum, actions.last(shadow.name()));
    }

    /**
     * Takes away all that there is of one; nothing where there is nothing.
     *
     * @param by who asks for it
     * @throws RequestProblem 409 while its reflector runs, or a promotion is under way
     */
    Removed abandon(Shadow shadow, String by) {
        promotions.refuseWhileOneRuns(shadow);
        closeTallies(name -> !name.equals(shadow.name()));
        var topics = kafka.delete(shadow);
        var subjects = deleteSubjects(serdes.registry(), shadow);
        if (topics + subjects > 0) {
            promotions.abandoned(shadow, by);
        }
        return new Removed(topics, subjects);
    }

    private static int deleteSubjects(SchemaRegistry registry, Shadow shadow) {
        try {
            var subjects = registry.subjects(shadow.prefix());
            for (var subject : subjects) {
                registry.delete(subject);
            }
            return subjects.size();
        } catch (IOException e) {
            LOG.warn("the subjects of shadow {} are left behind: {}", shadow.name(), e.toString());
            throw RequestProblem.unavailable(
                    "The schema registry does not answer. The topics are gone; ask again for the subjects.",
                    Duration.ofSeconds(5));
        }
    }

    /** A tally reads on as long as somebody looks at it. */
    private void closeTallies(Predicate<String> kept) {
        tallies.forEach((name, tally) -> {
            if ((!kept.test(name) || tally.isUnusedFor(UNUSED)) && tallies.remove(name, tally)) {
                tally.close();
            }
        });
    }

    @Override
    public void close() {
        tidying.shutdownNow();
        closeTallies(name -> false);
    }
}
