package io.memoryreflector.benchmarks;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The topics of the catalogue, where none of our programs runs that would make them. */
public final class CatalogueTopics {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private CatalogueTopics() {}

    /** Makes those that are missing. */
    public static void ensure(LocalStack stack) {
        try (var admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()))) {
            new TopicCatalogue(admin, Topics.DEFAULT_PARTITIONS, TIMEOUT).ensure();
        }
    }
}
