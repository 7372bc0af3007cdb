package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import io.memoryreflector.connect.ServerAddress;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.ExponentialBackoff;

/** The settings of the source, each with what it takes, and what follows from them. Immutable. */
final class RabbitMqSettings extends AbstractConfig {

    static final String URI_SETTING = "rabbitmq.uri";
    static final String QUEUE = "rabbitmq.queue";
    static final String PREFETCH_COUNT = "rabbitmq.prefetch.count";
    static final String DECLARE = "rabbitmq.declare";
    static final String EXCHANGE = "rabbitmq.declare.exchange";
    static final String DEAD_LETTER_QUEUE = "rabbitmq.declare.dead.letter.queue";
    static final String MAX_PRIORITY = "rabbitmq.declare.max.priority";
    static final String NAMESPACE = "rabbitmq.namespace";
    static final String NAMESPACE_FIELD = "rabbitmq.namespace.metadata.field";
    static final String PRIORITIES = "rabbitmq.priorities";
    static final String TIMEOUT_MS = "rabbitmq.timeout.ms";
    static final String HEARTBEAT_SECONDS = "rabbitmq.heartbeat.seconds";
    static final String BACKOFF_MS = "rabbitmq.reconnect.backoff.ms";
    static final String BACKOFF_MAX_MS = "rabbitmq.reconnect.backoff.max.ms";
    static final String REFUSAL_TIMEOUT_MS = "rabbitmq.refusal.timeout.ms";
    static final String TRUSTSTORE = "rabbitmq.ssl.truststore.location";
    static final String TRUSTSTORE_PASSWORD = "rabbitmq.ssl.truststore.password";
    static final String TRUSTSTORE_TYPE = "rabbitmq.ssl.truststore.type";
    static final String KEYSTORE = "rabbitmq.ssl.keystore.location";
    static final String KEYSTORE_PASSWORD = "rabbitmq.ssl.keystore.password";
    static final String KEYSTORE_TYPE = "rabbitmq.ssl.keystore.type";
    static final String VERIFY_HOSTNAME = "rabbitmq.ssl.verify.hostname";
    static final String MESSAGE_BYTES = "limit.message.bytes";
    static final String METADATA_ENTRIES = "limit.metadata.entries";
    static final String BODY_BYTES = "limit.body.bytes";
    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    private static final int DOUBLED = 2;
    private static final double JITTER = 0.2;
    private static final String TLS_SCHEME = "amqps";

    /** The largest that a broker can be told to take. */
    private static final int MAX_INBOUND_BYTES = 512 * 1024 * 1024;

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    URI_SETTING,
                    Type.PASSWORD,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ServerAddress.of("amqp", TLS_SCHEME),
                    Importance.HIGH,
                    "Address of RabbitMQ: amqp://user:password@host:port/vhost, or amqps:// for TLS. Without a vhost it is /.")
            .define(
                    QUEUE,
                    Type.STRING,
                    "memory_reflection_queue",
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Queue whose jobs are taken.")
            .define(
                    PREFETCH_COUNT,
                    Type.INT,
                    2_000,
                    Range.between(1, 65_535),
                    Importance.MEDIUM,
                    "Messages of one task that are delivered and not acknowledged, at most: they lie in the worker's memory.")
            .define(
                    DECLARE,
                    Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether to set up exchange, queue and dead-letter queue where they are missing. What is there stays as it is.")
            .define(
                    EXCHANGE,
                    Type.STRING,
                    "memory_reflection_exchange",
                    new NonEmptyString(),
                    Importance.LOW,
                    "Topic exchange that is set up; its dead-letter exchange has the same name with .dlx behind it.")
            .define(
                    DEAD_LETTER_QUEUE,
                    Type.STRING,
                    "memory_reflection_dlq",
                    new NonEmptyString(),
                    Importance.LOW,
                    "Dead-letter queue of the broker that is set up; the connector itself parks messages in Kafka.")
            .define(
                    MAX_PRIORITY,
                    Type.INT,
                    3,
                    Range.between(0, 255),
                    Importance.LOW,
                    "x-max-priority of the queue that is set up; 0 for a queue without priorities.")
            .define(
                    NAMESPACE,
                    Type.STRING,
                    UserKey.DEFAULT_NAMESPACE,
                    ConfigDef.LambdaValidator.with(RabbitMqSettings::checkNamespace, () -> "[a-z0-9._-]{1,64}"),
                    Importance.MEDIUM,
                    "Namespace of the users whose jobs these are.")
            .define(
                    NAMESPACE_FIELD,
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "Entry of a job's metadata that names another namespace; empty: producers cannot choose one.")
            .define(
                    PRIORITIES,
                    Type.LIST,
                    List.of("LOW", "NORMAL", "HIGH", "URGENT"),
                    ConfigDef.ValidList.in("LOW", "NORMAL", "HIGH", "URGENT"),
                    Importance.LOW,
                    "What the numbers of priorities mean, from 0 on; higher numbers mean the last one. NORMAL,HIGH where producers know 0 and 1 only.")
            .define(
                    TIMEOUT_MS,
                    Type.INT,
                    10_000,
                    Range.between(100, 600_000),
                    Importance.LOW,
                    "How long connecting, or one question to the broker, may take, in milliseconds.")
            .define(
                    HEARTBEAT_SECONDS,
                    Type.INT,
                    10,
                    Range.between(1, 600),
                    Importance.LOW,
                    "A broker that says nothing for about two such times is taken for gone.")
            .define(
                    BACKOFF_MS,
                    Type.INT,
                    500,
                    Range.between(1, 600_000),
                    Importance.LOW,
                    "Pause before the first attempt to connect again, in milliseconds; doubles with each.")
            .define(
                    BACKOFF_MAX_MS,
                    Type.INT,
                    30_000,
                    Range.between(1, 3_600_000),
                    Importance.LOW,
                    "Longest pause between attempts, in milliseconds. There is no last attempt.")
            .define(
                    REFUSAL_TIMEOUT_MS,
                    Type.INT,
                    120_000,
                    Range.between(0, 86_400_000),
                    Importance.LOW,
                    "How long a broker that answers and refuses (no such queue, no right, wrong password) is asked again before the task fails, in milliseconds.")
            .define(
                    TRUSTSTORE,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "With amqps: file with the certificates to trust; empty: those that the JVM trusts.")
            .define(TRUSTSTORE_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of the trust store.")
            .define(
                    TRUSTSTORE_TYPE,
                    Type.STRING,
                    "PKCS12",
                    ValidString.in("PKCS12", "JKS"),
                    Importance.LOW,
                    "Format of the trust store.")
            .define(
                    KEYSTORE,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "With amqps: file with the client's own certificate, where the broker asks for one.")
            .define(KEYSTORE_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Password of the key store and its key.")
            .define(
                    KEYSTORE_TYPE,
                    Type.STRING,
                    "PKCS12",
                    ValidString.in("PKCS12", "JKS"),
                    Importance.LOW,
                    "Format of the key store.")
            .define(
                    VERIFY_HOSTNAME,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "With amqps: whether the broker's certificate has to be of the host of rabbitmq.uri.")
            .define(
                    MESSAGE_BYTES,
                    Type.INT,
                    InteractionLimits.DEFAULT.messageBytes(),
                    Range.between(1, 3 * 1024 * 1024),
                    Importance.LOW,
                    "Bytes of one message's content, as LIMIT_MESSAGE_BYTES of the reflector; a longer one is parked.")
            .define(
                    METADATA_ENTRIES,
                    Type.INT,
                    InteractionLimits.DEFAULT.metadataEntries(),
                    Range.between(0, 10_000),
                    Importance.LOW,
                    "Entries of one job's metadata, as LIMIT_METADATA_ENTRIES of the reflector; a job with more is parked.")
            .define(
                    BODY_BYTES,
                    Type.INT,
                    1024 * 1024,
                    Range.between(1024, ParkedJobs.MAX_BODY_BYTES),
                    Importance.LOW,
                    "Bytes of one job; a larger one is parked.")
            .define(
                    SCHEMA_REGISTRY_URL,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ServerAddress.of("http", "https"),
                    Importance.HIGH,
                    "Base address of Confluent's interface of the schema registry.");

    RabbitMqSettings(Map<String, String> properties) {
        super(DEFINITION, properties, false);
    }

    String queue() {
        return getString(QUEUE);
    }

    String registryUrl() {
        return getString(SCHEMA_REGISTRY_URL);
    }

    JobMapping mapping() {
        var field = getString(NAMESPACE_FIELD);
        return new JobMapping(
                getString(NAMESPACE),
                field.isEmpty() ? Optional.empty() : Optional.of(field),
                JobMapping.priorities(getList(PRIORITIES)),
                new InteractionLimits(
                        getInt(MESSAGE_BYTES), InteractionLimits.DEFAULT.messages(), getInt(METADATA_ENTRIES)),
                getInt(BODY_BYTES));
    }

    ParkedJobs parked() {
        return new ParkedJobs(queue(), getString(NAMESPACE));
    }

    LinkSettings link(String connectionName) {
        return new LinkSettings(
                connectionName,
                queue(),
                getInt(PREFETCH_COUNT),
                getBoolean(DECLARE)
                        ? Optional.of(new QueueSetup(
                                getString(EXCHANGE), queue(), getString(DEAD_LETTER_QUEUE), getInt(MAX_PRIORITY)))
                        : Optional.empty(),
                Duration.ofMillis(getInt(REFUSAL_TIMEOUT_MS)));
    }

    ExponentialBackoff backoff() {
        return new ExponentialBackoff(getInt(BACKOFF_MS), DOUBLED, getInt(BACKOFF_MAX_MS), JITTER);
    }

    /**
     * Of connections that end for good when they are lost: who uses one makes the next.
     *
     * @throws ConfigException naming the setting that cannot be
     */
    ConnectionFactory connectionFactory() {
        var factory = new ConnectionFactory();
        try {
            var uri = new URI(getPassword(URI_SETTING).value());
            factory.setUri(plain(uri));
            if (TLS_SCHEME.equals(uri.getScheme())) {
                if (uri.getPort() < 0) {
                    factory.setPort(ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT);
                }
                factory.useSslProtocol(TlsContext.of(
                        store(TRUSTSTORE, TRUSTSTORE_PASSWORD, TRUSTSTORE_TYPE),
                        store(KEYSTORE, KEYSTORE_PASSWORD, KEYSTORE_TYPE)));
                if (getBoolean(VERIFY_HOSTNAME)) {
                    factory.enableHostnameVerification();
                }
            }
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause, which quotes the address and so the password.
            throw new ConfigException(URI_SETTING + ": takes amqp://user:password@host:port/vhost, percent-encoded");
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(getInt(TIMEOUT_MS));
        factory.setHandshakeTimeout(getInt(TIMEOUT_MS));
        factory.setChannelRpcTimeout(getInt(TIMEOUT_MS));
        factory.setRequestedHeartbeat(getInt(HEARTBEAT_SECONDS));
        // A message beyond the client's own limit would end the connection, and each that follows it.
        factory.setMaxInboundMessageBodySize(MAX_INBOUND_BYTES);
        return factory;
    }

    private Optional<TlsContext.Store> store(String location, String password, String type) {
        var path = getString(location);
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsContext.Store(
                        location, Path.of(path), getPassword(password).value().toCharArray(), getString(type)));
    }

    /**
     * The address as the client may have it. It would take TLS for a wish to trust everybody, and a lone slash, which is
     * the default virtual host to other clients, for one without a name.
     */
    private static String plain(URI uri) {
        var text = uri.toString().replaceFirst("^" + TLS_SCHEME + ":", "amqp:");
        return "/".equals(uri.getRawPath()) ? text.substring(0, text.lastIndexOf('/')) : text;
    }

    private static void checkNamespace(String name, Object value) {
        try {
            new UserKey(String.valueOf(value), "user");
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "takes [a-z0-9._-]{1,64}");
        }
    }
}
