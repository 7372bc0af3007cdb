package io.memoryreflector.connect.sink;

import io.memoryreflector.connect.ServerAddress;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings that every sink has. */
public final class SinkSettings {

    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String BATCH_SIZE = "batch.size";
    public static final String TIMEOUT_MS = "timeout.ms";
    public static final String RETRY_BACKOFF_MS = "retry.backoff.ms";

    private SinkSettings() {}

    /** A new definition with these settings. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        SCHEMA_REGISTRY_URL,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ServerAddress.of("http", "https"),
                        Importance.HIGH,
                        "Base address of Confluent's interface of the schema registry.")
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        500,
                        Range.between(1, 10_000),
                        Importance.MEDIUM,
                        "Records that are written to the store at once, at most.")
                .define(
                        TIMEOUT_MS,
                        Type.INT,
                        10_000,
                        Range.between(100, 600_000),
                        Importance.LOW,
                        "How long one call to the store may take, in milliseconds.")
                .define(
                        RETRY_BACKOFF_MS,
                        Type.INT,
                        1_000,
                        Range.between(1, 600_000),
                        Importance.LOW,
                        "Pause before records are tried again while the store or registry does not answer, in milliseconds.");
    }
}
