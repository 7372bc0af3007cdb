package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.KeyTopic;
import io.memoryreflector.schemas.encryption.MasterKeys;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Whether a process seals what is personal, and with what: one for the whole process, open as long as it. With a master
 * key it does; without one it may run only beside a Kafka on its own machine, or when told so. Thread-safe.
 */
public final class Encryption implements AutoCloseable {

    /** Variable that switches encryption off where it would be asked for. */
    public static final String VARIABLE = "REFLECTOR_ENCRYPTION";

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final String OFF = "off";
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final EventSerdes serdes;
    private final Optional<KeyTopic> keys;

    private Encryption(EventSerdes plain, Optional<KeyTopic> keys) {
        this.keys = keys;
        this.serdes = keys.map(EventSealing::new).map(plain::sealedBy).orElse(plain);
    }

    /**
     * The master key of the environment; empty where nothing is to be sealed.
     *
     * @param kafka settings of every client
     * @throws InvalidSetting if the master key is none, or is missing where one is needed
     */
    public static Optional<MasterKeys> masterKeys(Environment environment, Map<String, Object> kafka) {
        var off = isOff(environment);
        var master = MasterKeys.fromEnvironment(environment);
        if (master.isEmpty() && !off && !isOnOwnMachine(kafka)) {
            throw new InvalidSetting(
                    MasterKeys.VARIABLE,
                    "",
                    "32 random bytes in Base64 (openssl rand -base64 32), since Kafka is on another machine; or set "
                            + VARIABLE + "=off and keep what is said readable on its topics");
        }
        return master.filter(key -> !off);
    }

    /**
     * Begins to read the users' keys, where there is a master key.
     *
     * @param plain serdes that do not seal
     * @param kafka settings of every client
     * @param timeout of each wait for a key
     */
    public static Encryption open(
            Optional<MasterKeys> master, EventSerdes plain, Map<String, Object> kafka, Duration timeout) {
        return new Encryption(
                plain, master.map(key -> new KeyTopic(key, kafka, plain.serde(), timeout, InstantSource.system())));
    }

    /**
     * As the environment of this process says, for programs that others start: {@code KAFKA_*} and the master key.
     *
     * @param plain serdes that do not seal
     * @throws InvalidSetting as {@link #masterKeys}
     */
    public static Encryption ofProcess(EventSerdes plain) {
        var environment = Environment.ofProcess();
        var kafka = environment.kafkaClient();
        return open(masterKeys(environment, kafka), plain, kafka, PATIENT);
    }

    /** Serdes that seal, where that is asked for. */
    public EventSerdes serdes() {
        return serdes;
    }

    /** The users' keys, where there are any. */
    public Optional<KeyTopic> keys() {
        return keys;
    }

    @Override
    public void close() {
        keys.ifPresent(KeyTopic::close);
    }

    private static boolean isOff(Environment environment) {
        var value = environment.text(VARIABLE, "");
        if (!value.isEmpty() && !value.equals(OFF)) {
            throw new InvalidSetting(VARIABLE, value, "off, or nothing");
        }
        return value.equals(OFF);
    }

    private static boolean isOnOwnMachine(Map<String, Object> kafka) {
        for (var server : String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG))
                .split(",")) {
            if (!OWN_MACHINE.contains(server.strip().replaceFirst(":\\d+$", ""))) {
                return false;
            }
        }
        return true;
    }
}
