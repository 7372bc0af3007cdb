package io.memoryreflector.schemas.env;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Typed reading of environment variables. A value that cannot be used throws {@link InvalidSetting}. Immutable.
 *
 * @param variables name to value
 */
public record Environment(Map<String, String> variables) {

    private static final String KAFKA_PREFIX = "KAFKA_";

    /** This process's environment. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "environment of " + variables.size() + " variables";
    }

    /** A text; an empty one counts as not set. */
    public String text(String name, String otherwise) {
        var value = variables.get(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    /** A whole number between two bounds, both included. */
    public int integer(String name, int otherwise, int min, int max) {
        var value = text(name, Integer.toString(otherwise));
        try {
            var number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(name, value, "a whole number from " + min + " to " + max);
    }

    /** A duration: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 12h}, {@code 30d}, plain seconds or ISO-8601. */
    public Duration duration(String name, Duration otherwise) {
        var value = text(name, otherwise.toString()).toLowerCase(Locale.ROOT);
        try {
            var duration = parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(name, value, "a duration such as 500ms, 30s, 5m or 12h");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        var value = text(name, Boolean.toString(otherwise));
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSetting(name, value, "true or false");
        };
    }

    /**
     * Settings of every Kafka client: {@code KAFKA_BOOTSTRAP_SERVERS}, and whichever {@code KAFKA_*} variable is one of
     * Kafka's own settings in capitals ({@code KAFKA_SECURITY_PROTOCOL} is {@code security.protocol}).
     */
    public Map<String, Object> kafkaClient() {
        var known = knownKafkaSettings();
        var config = new HashMap<String, Object>();
        variables.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX) && !value.isBlank()) {
                var setting = name.substring(KAFKA_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                if (known.contains(setting)) {
                    config.put(setting, value);
                }
            }
        });
        config.putIfAbsent(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9092");
        return config;
    }

    private static Set<String> knownKafkaSettings() {
        var known = new HashSet<>(AdminClientConfig.configNames());
        known.retainAll(ConsumerConfig.configNames());
        known.retainAll(ProducerConfig.configNames());
        return known;
    }

    private static Duration parse(String value) {
        if (value.startsWith("p")) {
            return Duration.parse(value);
        }
        if (value.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        var number = value.substring(0, value.length() - 1);
        return switch (value.charAt(value.length() - 1)) {
            case 's' -> Duration.ofSeconds(Long.parseLong(number));
            case 'm' -> Duration.ofMinutes(Long.parseLong(number));
            case 'h' -> Duration.ofHours(Long.parseLong(number));
            case 'd' -> Duration.ofDays(Long.parseLong(number));
            default -> Duration.ofSeconds(Long.parseLong(value));
        };
    }
}
