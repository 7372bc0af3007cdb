package io.memoryreflector.streams.shadow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the live reflector keeps up with its topics. While it does not, whatever its shadow takes of the machine that both
 * run on makes somebody wait, and nobody waits for the shadow. Thread-safe; the work is done by one thread of its own.
 */
public final class LivePipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivePipeline.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Marks of transactions, which no group needs to take, and what has come between two requests. */
    private static final long FEW = 10;

    private final Admin admin;
    private final String applicationId;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(look -> {
        var thread = new Thread(look, "live-pipeline");
        thread.setDaemon(true);
        return thread;
    });
    private Map<TopicPartition, Long> ends = Map.of();
    private volatile boolean behind;

    /**
     * @param kafka settings of a client; must be allowed to describe the group
     * @param applicationId the live reflector's
     */
    public LivePipeline(Map<String, Object> kafka, String applicationId) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
    }

    /** Begins to look, twice a second. */
    public void start() {
        looks.scheduleWithFixedDelay(this::lookOrGoOn, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it had not taken at the last look what was there at the one before. */
    public boolean isBehind() {
        return behind;
    }

    private void lookOrGoOn() {
        try {
            var before = behind;
            look();
            if (behind != before) {
                LOG.debug("the live reflector {}", behind ? "is behind: the shadow waits" : "keeps up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            behind = false;
            LOG.warn("how far the live reflector is cannot be told, so its shadow goes on: {}", e.toString());
        }
    }

    /** Compares what the group has taken with what was there at the last look. */
    void look() throws ExecutionException, InterruptedException, TimeoutException {
        var taken = new HashMap<TopicPartition, Long>();
        get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        taken.put(partition, offset.offset());
                    }
                });
        var isLeft = taken.entrySet().stream()
                .anyMatch(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue() > FEW);
        behind = isLeft && works();
        ends = ends(taken.keySet());
    }

    /** One that stands still is held up by nobody. */
    private boolean works() throws ExecutionException, InterruptedException, TimeoutException {
        var atWork = new ListGroupsOptions()
                .inGroupStates(Set.of(
                        GroupState.STABLE,
                        GroupState.PREPARING_REBALANCE,
                        GroupState.COMPLETING_REBALANCE,
                        GroupState.ASSIGNING,
                        GroupState.RECONCILING));
        return get(admin.listGroups(atWork).valid()).stream()
                .anyMatch(group -> group.groupId().equals(applicationId));
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var found = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, end) -> found.put(partition, end.offset()));
        return found;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(TIMEOUT);
    }
}
