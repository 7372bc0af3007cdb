package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.env.Environment;
import java.util.HashMap;
import java.util.Map;
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
 * <p>This object is immutable and thread-safe; the serdes that it makes belong to one thread each.
 *
 * @param registryUrl base address of the registry, without a path
 * @param serializerClass a {@link Serializer} of Avro specific records
 * @param deserializerClass a {@link Deserializer} of Avro specific records
 */
public record EventSerdes(String registryUrl, String serializerClass, String deserializerClass) {

    /** Variable that names another serializer. */
    public static final String SERIALIZER_VARIABLE = "AVRO_SERIALIZER_CLASS";

    /** Variable that names another deserializer. */
    public static final String DESERIALIZER_VARIABLE = "AVRO_DESERIALIZER_CLASS";

    static {
        AvroLimits.set();
    }

    private static final String DEFAULT_SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
    private static final String DEFAULT_DESERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

    /** Apicurio's serdes against the registry at this base address. */
    public static EventSerdes of(String registryUrl) {
        return new EventSerdes(registryUrl, DEFAULT_SERIALIZER, DEFAULT_DESERIALIZER);
    }

    /** As {@code SCHEMA_REGISTRY_URL}, {@code AVRO_SERIALIZER_CLASS} and {@code AVRO_DESERIALIZER_CLASS} say. */
    public static EventSerdes fromEnvironment(Environment environment) {
        return new EventSerdes(
                environment.text("SCHEMA_REGISTRY_URL", "http://127.0.0.1:8081"),
                environment.text(SERIALIZER_VARIABLE, DEFAULT_SERIALIZER),
                environment.text(DESERIALIZER_VARIABLE, DEFAULT_DESERIALIZER));
    }

    /** Settings of a serializer or deserializer, for programs that make it themselves. */
    public Map<String, Object> config() {
        var config = new HashMap<String, Object>();
        config.put("apicurio.registry.url", registryUrl + "/apis/registry/v3");
        config.put("apicurio.registry.auto-register", true);
        config.put("apicurio.registry.find-latest", false);
        // Without it each nested type becomes an artifact of its own, which other clients would have to fetch.
        config.put("apicurio.registry.dereference-schema", true);
        config.put("apicurio.registry.use-id", "contentId");
        config.put("apicurio.registry.headers.enabled", false);
        config.put(
                "apicurio.registry.artifact-resolver-strategy", "io.apicurio.registry.serde.strategy.TopicIdStrategy");
        config.put("apicurio.registry.use-specific-avro-reader", true);
        config.put("schema.registry.url", registryUrl);
        config.put("specific.avro.reader", true);
        config.put("avro.remove.java.properties", true);
        return config;
    }

    /** A new serializer of record values. */
    public <T extends SpecificRecord> Serializer<T> serializer() {
        Serializer<T> serializer = newInstance(serializerClass, Serializer.class, SERIALIZER_VARIABLE);
        serializer.configure(config(), false);
        return serializer;
    }

    /** A new deserializer of record values. */
    public <T extends SpecificRecord> Deserializer<T> deserializer() {
        Deserializer<T> deserializer = newInstance(deserializerClass, Deserializer.class, DESERIALIZER_VARIABLE);
        deserializer.configure(config(), false);
        return deserializer;
    }

    /** A new serde of record values. */
    public <T extends SpecificRecord> Serde<T> serde() {
        return Serdes.serdeFrom(serializer(), deserializer());
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
