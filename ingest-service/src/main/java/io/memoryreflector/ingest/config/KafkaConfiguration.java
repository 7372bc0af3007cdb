package io.memoryreflector.ingest.config;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/** One idempotent producer for the whole process, and an admin client for topics and health. */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {

    /** How long a send may hold its caller for metadata or memory; callers have the outbox behind them. */
    private static final Duration MAX_BLOCK = Duration.ofMillis(300);

    /**
     * The producer itself never gives up: one that drops a record and then gets the next one through turns a user's two
     * interactions round. Callers do not wait for it, and the circuit keeps what it still holds small.
     */
    private static final int DELIVERY_MS = Integer.MAX_VALUE;

    /** A new user's first interaction waits for a key this long; after that the outbox takes it. */
    private static final Duration KEYS = Duration.ofSeconds(1);

    private static final Duration REQUEST = Duration.ofSeconds(3);

    /** What is not out by then was answered as spooled, or not at all. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private static final Duration LINGER = Duration.ofMillis(2);

    /** Closed after what reads and writes with it. */
    @Bean(destroyMethod = "close")
    Encryption encryption(Environment environment, ServiceSettings settings) {
        return Encryption.open(
                settings.masterKeys(),
                EventSerdes.fromEnvironment(environment),
                clientConfig(environment, settings),
                KEYS);
    }

    @Bean
    EventSerdes eventSerdes(Encryption encryption) {
        return encryption.serdes();
    }

    @Bean
    Serializer<Interaction> interactionSerializer(EventSerdes serdes) {
        return serdes.serializer();
    }

    @Bean
    ProducerFactory<String, Interaction> producerFactory(
            Environment environment,
            ServiceSettings settings,
            Serializer<Interaction> serializer,
            MeterRegistry meters) {
        var factory = new DefaultKafkaProducerFactory<>(
                producerConfig(environment, settings), new StringSerializer(), serializer, false);
        factory.addListener(new MicrometerProducerListener<>(meters));
        factory.setPhysicalCloseTimeout((int) CLOSE.toSeconds());
        return factory;
    }

    @Bean
    KafkaTemplate<String, Interaction> kafkaTemplate(ProducerFactory<String, Interaction> factory) {
        var template = new KafkaTemplate<>(factory);
        // The default one writes what people said into the log.
        template.setProducerListener(new ProducerListener<>() {});
        return template;
    }

    @Bean(destroyMethod = "")
    Admin admin(Environment environment, ServiceSettings settings) {
        var config = clientConfig(environment, settings);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        try {
            return Admin.create(config);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unusable(settings, e);
        }
    }

    private static Map<String, Object> producerConfig(Environment environment, ServiceSettings settings) {
        var config = clientConfig(environment, settings);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, (int) LINGER.toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 * 1024 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return config;
    }

    private static Map<String, Object> clientConfig(Environment environment, ServiceSettings settings) {
        var config = environment.kafkaClient();
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "ingest-service");
        return config;
    }

    private static StartFailure unusable(ServiceSettings settings, Exception failure) {
        var cause = failure.getCause() instanceof ConfigException ? failure.getCause() : failure;
        return new StartFailure(
                "KAFKA_BOOTSTRAP_SERVERS: got '" + settings.kafkaBootstrapServers()
                        + "', takes host:port of brokers that this machine can resolve (" + cause.getMessage() + ")",
                failure);
    }
}
