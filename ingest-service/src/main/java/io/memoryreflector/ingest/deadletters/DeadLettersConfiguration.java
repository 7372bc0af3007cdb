package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetterAction;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The objects behind the endpoints, and clients of Kafka of their own: a replay must neither slow down what is being
 * handed over nor share its timeouts.
 */
@Configuration(proxyBeanMethods = false)
class DeadLettersConfiguration {

    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LETTER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration INDEX_FETCH_WAIT = Duration.ofMillis(500);

    /** A consumer that closes waits for the fetch that it has begun ahead. */
    private static final Duration ARCHIVE_FETCH_WAIT = Duration.ofMillis(10);

    private static final Duration MAX_BLOCK = Duration.ofSeconds(10);
    private static final int DEFAULT_MAX = 200_000;
    private static final int MAX_OF_MAX = 10_000_000;

    @Bean
    DeadLetterIndex deadLetterIndex(Environment environment, ServiceSettings settings, Erasures erasures) {
        var sources = consumers(environment, settings, "dead-letter-source", ARCHIVE_FETCH_WAIT);
        var index = new DeadLetterIndex(
                environment.integer("DEAD_LETTERS_MAX", DEFAULT_MAX, 1, MAX_OF_MAX),
                new ForgottenLetters(erasures, new SourceTimes(sources, LETTER_TIMEOUT)));
        erasures.onChange(index::forget);
        return index;
    }

    @Bean
    AvroValues avroValues(ServiceSettings settings, EventSerdes serdes) {
        var registry = new SchemaRegistry(settings.schemaRegistryUrl(), REGISTRY_TIMEOUT);
        return new AvroValues(new WriterSchemas(registry), serdes.sealing());
    }

    @Bean
    LetterReader letterReader(AvroValues values) {
        return new LetterReader(values);
    }

    @Bean
    IndexFeed indexFeed(
            DeadLetterIndex index,
            LetterReader letters,
            AvroValues values,
            Environment environment,
            ServiceSettings settings) {
        return new IndexFeed(
                index,
                letters,
                new ActionLog.Reader(values),
                consumers(environment, settings, "dead-letter-index", INDEX_FETCH_WAIT));
    }

    @Bean
    LetterArchive letterArchive(Environment environment, ServiceSettings settings) {
        return new LetterArchive(
                consumers(environment, settings, "dead-letter-archive", ARCHIVE_FETCH_WAIT), LETTER_TIMEOUT);
    }

    /** Ends before the producers that its jobs use. */
    @Bean(destroyMethod = "close")
    @DependsOn({"replayProducer", "actionProducer"})
    Jobs deadLetterJobs(InstantSource clock) {
        return new Jobs(clock);
    }

    @Bean
    Claims claims(DeadLetterIndex index) {
        return new Claims(index);
    }

    /** After the admin client, which says it best when the address is wrong. */
    @Bean(destroyMethod = "close")
    @DependsOn("admin")
    Producer<byte[], byte[]> replayProducer(Environment environment, ServiceSettings settings) {
        var config = client(environment, settings, "replay");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // What the topic takes is for the topic to say.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.MAX_RECORD_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** After the admin client, which says it best when the address is wrong. */
    @Bean(destroyMethod = "close")
    @DependsOn("admin")
    Producer<String, DeadLetterAction> actionProducer(
            Environment environment, ServiceSettings settings, EventSerdes serdes) {
        var config = client(environment, settings, "dead-letter-actions");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis() / 2);
        return new KafkaProducer<>(config, new StringSerializer(), serdes.serializer());
    }

    @Bean
    ActionLog actionLog(Producer<String, DeadLetterAction> actionProducer, DeadLetterIndex index) {
        return new ActionLog(actionProducer, index);
    }

    @Bean
    Replayer replayer(
            LetterArchive archive,
            LetterReader letters,
            AvroValues values,
            Producer<byte[], byte[]> replayProducer,
            ActionLog actions,
            Claims claims,
            InstantSource clock) {
        return new Replayer(archive, letters, values, replayProducer, actions, claims, clock);
    }

    @Bean
    Discarder discarder(ActionLog actions, Claims claims, InstantSource clock) {
        return new Discarder(actions, claims, clock);
    }

    private static Supplier<Consumer<byte[], byte[]>> consumers(
            Environment environment, ServiceSettings settings, String purpose, Duration fetchWait) {
        var config = client(environment, settings, purpose);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) fetchWait.toMillis());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return () -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> client(Environment environment, ServiceSettings settings, String purpose) {
        var config = environment.kafkaClient();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrapServers());
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "ingest-service-" + purpose);
        return config;
    }
}
