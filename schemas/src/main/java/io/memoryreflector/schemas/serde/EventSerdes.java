package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Serdes of Avro events in Confluent's wire format: byte 0, four bytes of schema id, Avro binary. The classes are
 * Apicurio's by default and can be swapped for any that read the same format, such as Confluent's own.
 *
 * <p>Thread-safe; the serdes that it makes belong to one thread each, and share what the registry has said.
 */
public final class EventSerdes {

    /** Variable that names another serializer. */
    public static final String SERIALIZER_VARIABLE = "AVRO_SERIALIZER_CLASS";

    /** Variable that names another deserializer. */
    public static final String DESERIALIZER_VARIABLE = "AVRO_DESERIALIZER_CLASS";

    /** The local stack's registry. */
    public static final String DEFAULT_REGISTRY = "http://127.0.0.1:8081/apis/ccompat/v7";

    static {
        AvroLimits.set();
    }

    private static final String DEFAULT_SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
    private static final String DEFAULT_DESERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

    private static final Duration REGISTRY_CALL = Duration.ofSeconds(10);

    private final String registryUrl;
    private final SchemaRegistry registry;
    private final String serializerClass;
    private final String deserializerClass;
    private final EventSealing sealing;

    /**
     * @param registryUrl base address of Confluent's interface of the registry
     * @param serializerClass a {@link Serializer} of Avro specific records
     * @param deserializerClass a {@link Deserializer} of Avro specific records
     */
    public EventSerdes(String registryUrl, String serializerClass, String deserializerClass) {
        this(
                registryUrl,
                new SchemaRegistry(registryUrl, REGISTRY_CALL),
                serializerClass,
                deserializerClass,
                EventSealing.none());
    }

    private EventSerdes(
            String registryUrl,
            SchemaRegistry registry,
            String serializerClass,
            String deserializerClass,
            EventSealing sealing) {
        this.registryUrl = registryUrl;
        this.registry = registry;
        this.serializerClass = serializerClass;
        this.deserializerClass = deserializerClass;
        this.sealing = sealing;
    }

    /** Apicurio's serdes against the registry with Confluent's interface at this base address. */
    public static EventSerdes of(String registryUrl) {
        return new EventSerdes(registryUrl, DEFAULT_SERIALIZER, DEFAULT_DESERIALIZER);
    }

    /** As {@code SCHEMA_REGISTRY_URL}, {@code AVRO_SERIALIZER_CLASS} and {@code AVRO_DESERIALIZER_CLASS} say. */
    public static EventSerdes fromEnvironment(Environment environment) {
        return new EventSerdes(
                environment.text("SCHEMA_REGISTRY_URL", DEFAULT_REGISTRY),
                environment.text(SERIALIZER_VARIABLE, DEFAULT_SERIALIZER),
                environment.text(DESERIALIZER_VARIABLE, DEFAULT_DESERIALIZER));
    }

    /** The same serdes, which seal what is personal and open what is sealed. */
    public EventSerdes sealedBy(EventSealing sealing) {
        return new EventSerdes(registryUrl, registry, serializerClass, deserializerClass, sealing);
    }

    /** The registry that all serdes made here ask. */
    public SchemaRegistry registry() {
        return registry;
    }

    private Map<String, Object> config() {
        var config = new HashMap<String, Object>();
        config.put("apicurio.registry.schema-resolver", new RegistrySchemas<>(registry));
        config.put("apicurio.registry.use-id", "contentId");
        config.put("apicurio.registry.headers.enabled", false);
        config.put("apicurio.registry.use-specific-avro-reader", true);
        config.put("apicurio.registry.avro-datum-provider", EventDatums.class);
        // For serdes of others.
        config.put("schema.registry.url", registryUrl);
        config.put("specific.avro.reader", true);
        config.put("avro.remove.java.properties", true);
        return config;
    }

    /** A new serializer of record values. */
    public <T extends SpecificRecord> Serializer<T> serializer() {
        Serializer<T> serializer = newInstance(serializerClass, Serializer.class, SERIALIZER_VARIABLE);
        serializer.configure(config(), false);
        return new SealingSerializer<>(serializer, sealing);
    }

    /** A new deserializer of record values. */
    public <T extends SpecificRecord> Deserializer<T> deserializer() {
        Deserializer<T> deserializer = newInstance(deserializerClass, Deserializer.class, DESERIALIZER_VARIABLE);
        deserializer.configure(config(), false);
        return new OpeningDeserializer<>(deserializer, sealing);
    }

    /** A new serde of record values. */
    public <T extends SpecificRecord> Serde<T> serde() {
        return Serdes.serdeFrom(serializer(), deserializer());
    }

    /** A serde of records in a state store and its changelog. */
    public <T extends SpecificRecord> Serde<T> state(Schema schema) {
        return StateSerde.of(schema, sealing);
    }

    /** What seals here. */
    public EventSealing sealing() {
        return sealing;
    }

    private static <T> T newInstance(String className, Class<T> type, String variable) {
        try {
            return Utils.newInstance(className, type);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    variable, className, "takes a class on the classpath that is a " + type.getName());
        }
    }
}
