package io.memoryreflector.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics of the catalogue where they are missing and checks those that are there. Idempotent: any number
 * of programs may call it at the same time.
 */
public final class TopicCatalogue {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCatalogue.class);

    private final Admin admin;
    private final int partitions;
    private final Duration timeout;

    /**
     * @param admin stays the caller's to close
     * @param partitions of topics to be made
     * @param timeout of each call to Kafka
     */
    public TopicCatalogue(Admin admin, int partitions, Duration timeout) {
        this.admin = admin;
        this.partitions = partitions;
        this.timeout = timeout;
    }

    /**
     * Makes sure that every topic is there.
     *
     * @return the number of partitions that they all have
     * @throws IllegalStateException if the topics that are there differ in their number of partitions
     */
    public int ensure() {
        var existing = await(admin.listTopics().names().toCompletionStage().toCompletableFuture());
        create(Topics.all().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList());
        var names = Topics.all().stream().map(Topic::name).toList();
        var counts = await(admin.describeTopics(names)
                        .allTopicNames()
                        .toCompletionStage()
                        .toCompletableFuture())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> e.getValue().partitions().size()));
        if (Set.copyOf(counts.values()).size() != 1) {
            throw new IllegalStateException("The topics must all have the same number of partitions, but have " + counts
                    + ". Recreate those that differ, or start with an empty Kafka.");
        }
        return counts.get(Topics.INTERACTIONS.name());
    }

    private void create(List<Topic> missing) {
        var created = new ArrayList<String>();
        for (var topic : missing) {
            var request = new NewTopic(topic.name(), Optional.of(partitions), Optional.empty()).configs(topic.config());
            try {
                await(admin.createTopics(List.of(request))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture());
                created.add(topic.name());
            } catch (TopicExistsException e) {
                LOG.debug("topic {} was made by another program meanwhile", topic.name());
            }
        }
        if (!created.isEmpty()) {
            LOG.info("created topics {} with {} partitions", created, partitions);
        }
    }

    private <T> T await(java.util.concurrent.CompletableFuture<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + timeout + "; check KAFKA_BOOTSTRAP_SERVERS", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka", e);
        }
    }
}
