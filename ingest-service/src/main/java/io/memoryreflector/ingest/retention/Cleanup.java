package io.memoryreflector.ingest.retention;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.store.retention.Cleaned;
import io.memoryreflector.store.retention.Cleaning;
import io.memoryreflector.store.retention.CleaningLease;
import io.memoryreflector.store.retention.Retention;
import io.memoryreflector.store.retention.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.neo4j.driver.Driver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import redis.clients.jedis.UnifiedJedis;

/** Has what was kept for long enough taken out of the stores, by one instance at a time. Thread-safe. */
@Component
public final class Cleanup {

    /** Whoever asks is waiting. */
    private static final Duration ASKED = Duration.ofSeconds(20);

    private static final Duration BY_ITSELF = Duration.ofMinutes(5);

    /** For the step that is under way when the time is up. */
    private static final Duration LAST_STEP = Duration.ofMinutes(1);

    /** A hundred years: more is a mistake. */
    public static final int MOST_DAYS = 36_500;

    private final Cleaning cleaning;
    private final BiFunction<Driver, UnifiedJedis, Cleaning> cleanings;
    private final CleaningLease lease;
    private final RetentionSettings settings;
    private final RetentionMeters meters;
    private final InstantSource clock;

    Cleanup(
            Cleaning cleaning,
            BiFunction<Driver, UnifiedJedis, Cleaning> cleanings,
            CleaningLease lease,
            RetentionSettings settings,
            RetentionMeters meters,
            InstantSource clock) {
        this.cleaning = cleaning;
        this.cleanings = cleanings;
        this.lease = lease;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Cleans one namespace now, for twenty seconds at most: what was said is kept for so many days, sessions and memories
     * as the settings say. Where it did not come to the end, ask again.
     *
     * @throws RequestProblem 400 if these are not 1 to 36 500 days, 409 while another cleanup is under way
     */
    public Cleaned run(String namespace, int retentionDays) {
        if (retentionDays < 1 || retentionDays > MOST_DAYS) {
            throw RequestProblem.parameter("retention_days", "got " + retentionDays + ", takes 1 to " + MOST_DAYS);
        }
        var retention = settings.of(namespace);
        var asked =
                new Retention(Optional.of(Duration.ofDays(retentionDays)), retention.sessions(), retention.memories());
        return lease.during(
                        ASKED.plus(LAST_STEP),
                        () -> meters.counted(() -> cleaning.run(
                                Scope.of(namespace),
                                any -> asked,
                                clock.instant().plus(ASKED))))
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.CONFLICT, "Another cleanup is under way. Ask again when it has ended."));
    }

    /** Cleans all namespaces as the settings say, from where the last run has stopped; empty while another does. */
    Optional<Cleaned> runAll() {
        return lease.during(BY_ITSELF.plus(LAST_STEP), () -> {
            var scope = lease.place().map(Scope.all()::from).orElseGet(Scope::all);
            var cleaned = meters.counted(
                    () -> cleaning.run(scope, settings::of, clock.instant().plus(BY_ITSELF)));
            lease.keepPlace(cleaned.stoppedAt());
            return cleaned;
        });
    }

    /**
     * Takes out of what is built anew what is cleaned by now in what is in use; nothing where nobody cleans by itself.
     */
    public void over(Driver graph, UnifiedJedis redis) {
        if (settings.every().isPresent()) {
            cleanings.apply(graph, redis).run(Scope.all(), settings::of, Instant.MAX);
        }
    }
}
