package io.memoryreflector.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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
     * Makes sure that every topic is there. Missing ones get as many partitions as those that are there.
     *
     * @return the number of partitions that they all have
     * @throws IllegalStateException if the topics that are there differ in their number of partitions
     */
    public int ensure() {
        return ensure(Topics.all());
    }

    /**
     * The same of these topics.
     *
     * @throws IllegalStateException if those that are there differ in their number of partitions
     */
    public int ensure(List<Topic> topics) {
        var names = await(admin.listTopics().names());
        var existing = topics.stream().map(Topic::name).filter(names::contains).toList();
        var counts = partitions(existing);
        if (Set.copyOf(counts.values()).size() > 1) {
            throw new IllegalStateException("The topics must all have the same number of partitions, but have " + counts
                    + ". Recreate those that differ, or start with an empty Kafka.");
        }
        var agreed = counts.values().stream().findFirst().orElse(partitions);
        create(topics.stream().filter(topic -> !names.contains(topic.name())).toList(), agreed);
        return agreed;
    }

    private Map<String, Integer> partitions(List<String> names) {
        var counts = new TreeMap<String, Integer>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                counts.put(name, await(description).partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debug("topic {} is being made by another program", name);
            }
        });
        return counts;
    }

    private void create(List<Topic> missing, int agreed) {
        var created = new ArrayList<String>();
        for (var topic : missing) {
            var request = new NewTopic(topic.name(), Optional.of(agreed), Optional.empty()).configs(topic.config());
            try {
                await(admin.createTopics(List.of(request)).all());
                created.add(topic.name());
            } catch (TopicExistsException e) {
                LOG.debug("topic {} was made by another program meanwhile", topic.name());
            }
        }
        if (!created.isEmpty()) {
            LOG.info("created topics {} with {} partitions", created, agreed);
        }
    }

    private <T> T await(KafkaFuture<T> future) {
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
