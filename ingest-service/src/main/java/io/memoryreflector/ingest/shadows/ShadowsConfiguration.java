package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The objects behind the endpoints. */
@Configuration(proxyBeanMethods = false)
class ShadowsConfiguration {

    private static final int TRANSACTION_MS = 60_000;
    private static final int BLOCK_MS = 10_000;

    @Bean
    ShadowKafka shadowKafka(Admin admin, Environment environment) {
        return new ShadowKafka(admin, environment.text("REFLECTOR_APPLICATION_ID", "memory-reflector"));
    }

    /**
     * Closed by those who wrote with it last, at the end.
     *
     * @param admin comes first, as it says it best when the address is wrong
     */
    @Bean(destroyMethod = "")
    ShadowActions shadowActions(Environment environment, ServiceSettings settings, EventSerdes serdes, Admin admin) {
        var kafka = kafka(environment, settings);
        var config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "ingest-service-shadow-actions");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        return new ShadowActions(
                kafka, serdes, new KafkaProducer<>(config, new StringSerializer(), serdes.<ShadowAction>serializer()));
    }

    @Bean
    Promotions promotions(
            ShadowActions actions,
            ShadowKafka shadows,
            Environment environment,
            ServiceSettings settings,
            EventSerdes serdes,
            Erasures erasures,
            InstantSource clock) {
        var kafka = kafka(environment, settings);
        return new Promotions(
                actions,
                (begun, stopping, progress) -> promote(kafka, shadows, serdes, erasures, begun, stopping, progress),
                clock);
    }

    private static ShadowAction promote(
            Map<String, Object> kafka,
            ShadowKafka shadows,
            EventSerdes serdes,
            Erasures erasures,
            ShadowAction begun,
            BooleanSupplier stopping,
            Consumer<ShadowAction> progress) {
        var shadow = new Shadow(begun.getShadow());
        var run = shadows.run(shadow);
        try (var producer = transactional(kafka, shadow);
                var touched = new Touched(kafka, serdes, erasures)) {
            // Whoever was at it before writes nothing from here on, so what is read next is all that it has done.
            producer.initTransactions();
            try (var log = new BothReflectors(kafka, serdes, shadow, (done, total) -> {}, stopping)) {
                return new Promoting(producer, serdes, shadow, run, begun, touched, stopping, progress).run(log);
            }
        }
    }

    private static KafkaProducer<String, byte[]> transactional(Map<String, Object> kafka, Shadow shadow) {
        var config = new HashMap<>(kafka);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "ingest-service-promotion");
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "reflector-promotion-" + shadow.name());
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    Shadows shadows(
            ShadowKafka shadows,
            Environment environment,
            ServiceSettings settings,
            EventSerdes serdes,
            Erasures erasures,
            ShadowActions actions,
            Promotions promotions) {
        return new Shadows(shadows, kafka(environment, settings), serdes, erasures, actions, promotions);
    }

    @Bean
    Comparisons comparisons(
            ShadowKafka shadows,
            Environment environment,
            ServiceSettings settings,
            EventSerdes serdes,
            InstantSource clock) {
        var kafka = kafka(environment, settings);
        return new Comparisons(
                (question, progress, stopping) -> compare(kafka, shadows, serdes, question, progress, stopping), clock);
    }

    private static Comparison compare(
            Map<String, Object> kafka,
            ShadowKafka shadows,
            EventSerdes serdes,
            Comparisons.Question question,
            BothReflectors.Reading progress,
            BooleanSupplier stopping) {
        var shadow = new Shadow(question.shadow());
        var run = shadows.run(shadow);
        var comparison = new Comparison(question.examples());
        try (var log = new BothReflectors(kafka, serdes, shadow, progress, stopping)) {
            for (var user = log.userAfter(""); user.isPresent(); user = log.userAfter(user.get())) {
                var name = user.get();
                if (question.namespace().map(it -> name.startsWith(it + "/")).orElse(true)) {
                    comparison.add(
                            name,
                            UserPlan.of(log.of(name), log.forgotten(), run).parts());
                }
            }
        }
        return comparison;
    }

    private static Map<String, Object> kafka(Environment environment, ServiceSettings settings) {
        Map<String, Object> kafka = environment.kafkaClient();
        kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        return kafka;
    }
}
