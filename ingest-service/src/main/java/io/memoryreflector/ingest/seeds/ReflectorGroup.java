package io.memoryreflector.ingest.seeds;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The reflector as Kafka sees it: a consumer group and how far behind it is. Thread-safe. */
@Component
final class ReflectorGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ReflectorGroup.class);
    private static final int TIMEOUT_MS = 2_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final List<String> READ = List.of(
            Topics.INTERACTIONS.name(),
            Topics.TASKS_EPISODIC.name(),
            Topics.TASKS_SEMANTIC.name(),
            Topics.TASKS_PROCEDURAL.name(),
            Topics.RETRY.name());

    private final Admin admin;
    private final String group;

    ReflectorGroup(Admin admin, Environment environment) {
        this.admin = admin;
        this.group = environment.text("REFLECTOR_APPLICATION_ID", "memory-reflector");
    }

    /**
     * What Kafka knows of it now.
     *
     * @param consumers that are members
     * @param isConsuming whether they have partitions and read them
     * @param lag records that it has not read, by topic
     */
    record State(int consumers, boolean isConsuming, Map<String, Long> lag) {

        long messages() {
            return lag.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Asks Kafka, for six seconds at most.
     *
     * @throws RequestProblem 503 where it does not answer
     */
    State state() {
        try {
            var classic = known(admin.describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(TIMEOUT_MS))
                    .describedGroups()
                    .get(group));
            if (classic.isPresent()) {
                return state(classic.get().groupState(), classic.get().members().size());
            }
            // With REFLECTOR_GROUP_PROTOCOL=streams it is of another kind.
            var streams = known(admin.describeStreamsGroups(
                            List.of(group), new DescribeStreamsGroupsOptions().timeoutMs(TIMEOUT_MS))
                    .describedGroups()
                    .get(group));
            return streams.isPresent()
                    ? state(streams.get().groupState(), streams.get().members().size())
                    : new State(0, false, Map.of());
        } catch (ExecutionException | TimeoutException e) {
            throw away(e);
        }
    }

    private State state(GroupState state, int members) throws ExecutionException, TimeoutException {
        return new State(members, state == GroupState.STABLE && members > 0, lag());
    }

    /** Empty for a group that does not exist, or is of another kind. */
    private static <T> Optional<T> known(KafkaFuture<T> description) throws ExecutionException, TimeoutException {
        try {
            return Optional.of(get(description));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<String, Long> lag() throws ExecutionException, TimeoutException {
        var committed =
                get(admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
                        .partitionsToOffsetAndMetadata());
        var partitions = committed.entrySet().stream()
                .filter(entry ->
                        entry.getValue() != null && READ.contains(entry.getKey().topic()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = get(admin.listOffsets(partitions, new ListOffsetsOptions().timeoutMs(TIMEOUT_MS))
                .all());
        var lag = new TreeMap<String, Long>();
        ends.forEach((partition, end) -> lag.merge(
                partition.topic(),
                Math.max(0, end.offset() - committed.get(partition).offset()),
                Long::sum));
        return lag;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable("The service is ending.", RETRY_AFTER);
        }
    }

    private static RequestProblem away(Exception failure) {
        LOG.warn("the reflector's group cannot be read: {}", failure.toString());
        return RequestProblem.unavailable("Kafka does not answer. Try again later.", RETRY_AFTER);
    }
}
