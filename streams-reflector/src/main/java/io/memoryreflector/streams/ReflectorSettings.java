package io.memoryreflector.streams;

import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.model.ModelSettings;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.encryption.MasterKeys;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.deadletter.PoisonHandler;
import io.memoryreflector.streams.group.Membership;
import io.memoryreflector.streams.reflect.Batching;
import io.memoryreflector.streams.shadow.ShadowSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The reflector's settings, each from one environment variable.
 *
 * @param kafka settings of every Kafka client
 * @param serdes of events; they do not seal
 * @param masterKeys {@code REFLECTOR_MASTER_KEY}: seals what is personal, where there is one
 * @param liveApplicationId {@code REFLECTOR_APPLICATION_ID}
 * @param membership of this instance among the others of its application
 * @param stateDirectory {@code REFLECTOR_STATE_DIR}; kept over restarts, else the state is restored from Kafka
 * @param threads {@code REFLECTOR_THREADS}
 * @param commitInterval {@code REFLECTOR_COMMIT_INTERVAL} that a transaction lasts at most, see {@link EarlyCommits}
 * @param partitions {@code KAFKA_PARTITIONS} of topics to be made
 * @param address {@code REFLECTOR_ADDRESS} of health and metrics
 * @param port {@code REFLECTOR_PORT} of health and metrics
 * @param enabled {@code REFLECTION_ENABLED}
 * @param workers {@code REFLECTION_WORKERS}: calls in flight
 * @param model that reflects; the offline reflectors do where there is none
 * @param batching {@code REFLECTION_BATCH_SIZE}, {@code REFLECTION_BATCH_TOKENS} and {@code REFLECTION_BATCH_WAIT}
 * @param requestsPerMinute {@code OPENAI_REQUESTS_PER_MINUTE}, 0 for no limit
 * @param tokensPerMinute {@code OPENAI_TOKENS_PER_MINUTE}, 0 for no limit
 * @param dailyTokens {@code REFLECTION_DAILY_TOKENS}: tokens that a namespace may take in a day
 * @param maxRetries {@code REFLECTION_MAX_RETRIES}
 * @param retryDelay {@code REFLECTION_RETRY_DELAY}
 * @param retryMaxDelay {@code REFLECTION_RETRY_MAX_DELAY}
 * @param timeout {@code REFLECTION_TIMEOUT} of one call
 * @param circuitOpen {@code REFLECTION_CIRCUIT_OPEN}: how long a provider that fails is left alone
 * @param strictLanes {@code REFLECTION_STRICT_LANES}: tiers whose tasks hold back what their user sent later
 * @param sessionIdleGap {@code SESSION_IDLE_GAP}: after which a session of which nothing comes is over
 * @param limits of an interaction
 * @param shadow where the reflector is no live one
 */
public record ReflectorSettings(
        Map<String, Object> kafka,
        EventSerdes serdes,
        Optional<MasterKeys> masterKeys,
        String liveApplicationId,
        Membership membership,
        Path stateDirectory,
        int threads,
        Duration commitInterval,
        int partitions,
        String address,
        int port,
        boolean enabled,
        int workers,
        Optional<ModelSettings> model,
        Batching batching,
        long requestsPerMinute,
        long tokensPerMinute,
        Map<String, Long> dailyTokens,
        int maxRetries,
        Duration retryDelay,
        Duration retryMaxDelay,
        Duration timeout,
        Duration circuitOpen,
        Set<Tier> strictLanes,
        Duration sessionIdleGap,
        InteractionLimits limits,
        Optional<ShadowSettings> shadow) {

    private static final Pattern BUDGET = Pattern.compile("([a-z0-9._-]{1,64}|\\*)=([0-9]{1,18})");

    /** Reads and checks every setting. */
    public static ReflectorSettings from(Environment environment) {
        var shadow = ShadowSettings.from(environment);
        return new ReflectorSettings(
                environment.kafkaClient(),
                EventSerdes.fromEnvironment(environment),
                Encryption.masterKeys(environment, environment.kafkaClient()),
                environment.text("REFLECTOR_APPLICATION_ID", "memory-reflector"),
                membership(environment, shadow),
                stateDirectory(environment, shadow),
                environment.integer("REFLECTOR_THREADS", 2, 1, 64),
                environment.duration("REFLECTOR_COMMIT_INTERVAL", commitInterval(shadow)),
                environment.integer("KAFKA_PARTITIONS", Topics.DEFAULT_PARTITIONS, 1, 1_000),
                environment.text("REFLECTOR_ADDRESS", "127.0.0.1"),
                environment.integer("REFLECTOR_PORT", shadow.isPresent() ? 8091 : 8090, 0, 65_535),
                environment.flag("REFLECTION_ENABLED", true),
                environment.integer("REFLECTION_WORKERS", 64, 1, 100_000),
                ModelSettings.from(environment),
                new Batching(
                        environment.integer("REFLECTION_BATCH_SIZE", 10, 1, 1_000),
                        environment.integer("REFLECTION_BATCH_TOKENS", 8_000, 100, 10_000_000),
                        environment.duration("REFLECTION_BATCH_WAIT", Duration.ZERO)),
                environment.integer("OPENAI_REQUESTS_PER_MINUTE", 0, 0, Integer.MAX_VALUE),
                environment.integer("OPENAI_TOKENS_PER_MINUTE", 0, 0, Integer.MAX_VALUE),
                dailyTokens(environment, "REFLECTION_DAILY_TOKENS"),
                environment.integer("REFLECTION_MAX_RETRIES", 3, 0, 1_000),
                environment.duration("REFLECTION_RETRY_DELAY", Duration.ofSeconds(30)),
                environment.duration("REFLECTION_RETRY_MAX_DELAY", Duration.ofMinutes(15)),
                environment.duration("REFLECTION_TIMEOUT", Duration.ofSeconds(60)),
                environment.duration("REFLECTION_CIRCUIT_OPEN", Duration.ofSeconds(10)),
                tiers(environment, "REFLECTION_STRICT_LANES"),
                environment.duration("SESSION_IDLE_GAP", Duration.ofMinutes(30)),
                InteractionLimits.fromEnvironment(environment),
                shadow);
    }

    /** Nobody waits for a shadow, and each transaction is work for the broker that the live one needs too. */
    private static Duration commitInterval(Optional<ShadowSettings> shadow) {
        return shadow.isPresent() ? Duration.ofSeconds(2) : Duration.ofMillis(500);
    }

    /** A shadow's consumers are its own, and the streams protocol wants Kafka's. */
    private static Membership membership(Environment environment, Optional<ShadowSettings> shadow) {
        var membership = Membership.from(environment);
        return shadow.isPresent() ? membership.classic() : membership;
    }

    private static Path stateDirectory(Environment environment, Optional<ShadowSettings> shadow) {
        var live = environment.text("REFLECTOR_STATE_DIR", ".local/reflector-state");
        return Path.of(shadow.map(it -> it.shadow().applicationId(live)).orElse(live));
    }

    /** Its own: the live one's, unless it is a shadow. */
    String applicationId() {
        return shadow.map(it -> it.shadow().applicationId(liveApplicationId)).orElse(liveApplicationId);
    }

    /** Where the reflector writes in the place of a live topic. */
    Topic own(Topic live) {
        return shadow.map(it -> it.shadow().of(live)).orElse(live);
    }

    /** All topics that it needs. */
    List<Topic> topics() {
        return shadow.map(it -> Stream.concat(Topics.all().stream(), it.shadow().topics().stream())
                        .toList())
                .orElse(Topics.all());
    }

    /** A lane whose answers come with the semantic lane's calls waits for them before it calls itself. */
    Batching batching(Tier tier) {
        return model.isPresent() && model.get().shareCalls() && tier != Tier.SEMANTIC
                ? new Batching(
                        batching.tasks(), batching.tokens(), batching.linger().plus(timeout), true)
                : batching;
    }

    private static Map<String, Long> dailyTokens(Environment environment, String variable) {
        var text = environment.text(variable, "");
        var budgets = new HashMap<String, Long>();
        for (var entry : text.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            var parts = BUDGET.matcher(entry.strip());
            if (!parts.matches()) {
                throw new InvalidSetting(
                        variable, text, "namespace=tokens with commas, * for all others, as in acme=200000,*=50000");
            }
            budgets.put(parts.group(1), Long.parseLong(parts.group(2)));
        }
        return budgets;
    }

    private static Set<Tier> tiers(Environment environment, String variable) {
        var text = environment.text(variable, "");
        var tiers = EnumSet.noneOf(Tier.class);
        for (var name : text.split(",")) {
            if (name.isBlank()) {
                continue;
            }
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "episodic" -> tiers.add(Tier.EPISODIC);
                case "semantic" -> tiers.add(Tier.SEMANTIC);
                case "procedural" -> tiers.add(Tier.PROCEDURAL);
                default -> throw new InvalidSetting(variable, text, "episodic, semantic and procedural, with commas");
            }
        }
        return tiers;
    }

    /** The settings of Kafka Streams. */
    public Properties streams() {
        var properties = new Properties();
        properties.putAll(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class.getName());
        properties.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                own(Topics.DEAD_LETTERS).name());
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class.getName());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class.getName());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        // An idle stage looks at its completions once a poll.
        properties.put(StreamsConfig.POLL_MS_CONFIG, shadow.isPresent() ? 200 : 10);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // No sub-topology joins: none of its partitions has to wait for another.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.MAX_RECORD_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 30_000);
        properties.putAll(membership.streams());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }
}
