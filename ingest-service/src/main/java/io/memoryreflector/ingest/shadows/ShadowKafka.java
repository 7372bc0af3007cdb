package io.memoryreflector.ingest.shadows;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Shadows as Kafka sees them: topics and a consumer group. Each call takes some seconds at most. Thread-safe. */
final class ShadowKafka {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowKafka.class);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Admin admin;
    private final String liveApplicationId;

    /** @param liveApplicationId of the live reflector, from which those of its shadows are made */
    ShadowKafka(Admin admin, String liveApplicationId) {
        this.admin = admin;
        this.liveApplicationId = liveApplicationId;
    }

    /**
     * How far a shadow has read.
     *
     * @param running whether a process of it is there
     * @param interactions of the whole log
     * @param behind of them that it has not taken up
     * @param deadLetters that it has parked
     */
    record Place(boolean running, long interactions, long behind, long deadLetters) {}

    /** The shadows that have topics. */
    Set<String> names() {
        return get(admin.listTopics().names()).stream()
                .flatMap(topic -> Shadow.ofTopic(topic).stream())
                .map(Shadow::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Tells this shadow from all others, also from an earlier one of its name.
     *
     * @throws RequestProblem 404 where it has no topics
     */
    String run(Shadow shadow) {
        var topic = shadow.of(Topics.REFLECTIONS).name();
        try {
            return asked(admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw RequestProblem.of(
                        HttpStatus.NOT_FOUND, "shadow: got '" + shadow.name() + "', of which there is nothing");
            }
            throw away(e);
        }
    }

    Place place(Shadow shadow) {
        var interactions = partitions(List.of(Topics.INTERACTIONS.name()));
        var letters = partitions(List.of(shadow.of(Topics.DEAD_LETTERS).name()));
        return new Place(
                isRunning(shadow),
                size(interactions, Map.of()),
                size(interactions, committed(shadow)),
                size(letters, Map.of()));
    }

    /** What is between the places, or the beginnings, and the ends. */
    private long size(Collection<TopicPartition> partitions, Map<TopicPartition, Long> places) {
        var begins = offsets(partitions, OffsetSpec.earliest());
        var ends = offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .mapToLong(partition -> Math.max(
                        0, ends.get(partition) - Math.max(begins.get(partition), places.getOrDefault(partition, 0L))))
                .sum();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec where) {
        var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> where));
        return get(admin.listOffsets(wanted).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private List<TopicPartition> partitions(List<String> topics) {
        var partitions = new ArrayList<TopicPartition>();
        get(admin.describeTopics(topics).allTopicNames()).forEach((topic, description) -> description
                .partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return partitions;
    }

    private Map<TopicPartition, Long> committed(Shadow shadow) {
        try {
            return asked(admin.listConsumerGroupOffsets(group(shadow)).partitionsToOffsetAndMetadata())
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getValue() != null)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().offset()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw away(e);
        }
    }

    private boolean isRunning(Shadow shadow) {
        try {
            return !asked(admin.describeConsumerGroups(List.of(group(shadow))).all())
                    .get(group(shadow))
                    .members()
                    .isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw away(e);
        }
    }

    /**
     * Deletes a shadow's group and all topics, in this order: a reflector that runs keeps both.
     *
     * @return how many topics it had
     * @throws RequestProblem 409 while the shadow's reflector runs
     */
    int delete(Shadow shadow) {
        try {
            asked(admin.deleteConsumerGroups(List.of(group(shadow))).all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw RequestProblem.of(
                        HttpStatus.CONFLICT,
                        "The shadow's reflector runs. Stop it, and ask again; one that was killed is gone after six seconds.");
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw away(e);
            }
        }
        var topics = topics(shadow);
        try {
            asked(admin.deleteTopics(topics).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw away(e);
            }
        }
        return topics.size();
    }

    /** Its own and those that Kafka Streams has made for its state. */
    private List<String> topics(Shadow shadow) {
        var all = get(admin.listTopics().names());
        var others = all.stream()
                .flatMap(topic -> Shadow.ofTopic(topic).stream())
                .filter(other -> other.name().startsWith(shadow.name() + "-"))
                .map(this::group)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(topic -> topic.startsWith(shadow.prefix())
                        || topic.startsWith(group(shadow) + "-")
                                && topic.endsWith("-changelog")
                                && others.stream().noneMatch(other -> topic.startsWith(other + "-")))
                .sorted()
                .toList();
    }

    private String group(Shadow shadow) {
        return shadow.applicationId(liveApplicationId);
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return asked(future);
        } catch (ExecutionException e) {
            throw away(e);
        }
    }

    private static <T> T asked(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get(CALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable("The service is ending.", RETRY_AFTER);
        }
    }

    private static RequestProblem away(Exception failure) {
        LOG.warn("Kafka cannot tell of shadows: {}", failure.toString());
        return RequestProblem.unavailable("Kafka does not answer. Try again later.", RETRY_AFTER);
    }
}
