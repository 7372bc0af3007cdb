package io.memoryreflector.ingest.retention;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.store.retention.Retention;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long the stores keep what they hold, checked.
 *
 * @param byDefault of namespaces that are not named
 * @param namespaces that are
 * @param every so often it is seen to; empty is never
 */
record RetentionSettings(Retention byDefault, Map<String, Retention> namespaces, Optional<Duration> every) {

    private static final String NAMESPACES = "RETENTION_NAMESPACES";
    private static final String EVERY = "RETENTION_EVERY";
    private static final String OFF = "off";
    private static final String FOREVER = "forever";

    /** Less than this is more likely a unit that was left out. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration OFTENEST = Duration.ofSeconds(1);
    private static final Pattern OVERRIDE = Pattern.compile("([a-z0-9._-]{1,64}):([a-z]+)=([^=:]+)");

    /** What has a time of its own. */
    private enum Kind {
        INTERACTIONS,
        SESSIONS,
        MEMORIES
    }

    /** @throws InvalidSetting naming the variable, what it got and what it takes */
    static RetentionSettings from(Environment environment) {
        var standard = Retention.standard();
        var byDefault = new Retention(
                time(environment, Kind.INTERACTIONS, standard.interactions()),
                time(environment, Kind.SESSIONS, standard.sessions()),
                time(environment, Kind.MEMORIES, standard.memories()));
        return new RetentionSettings(
                byDefault, namespaces(environment.text(NAMESPACES, ""), byDefault), every(environment));
    }

    /** Of one namespace. */
    Retention of(String namespace) {
        return namespaces.getOrDefault(namespace, byDefault);
    }

    private static Optional<Duration> time(Environment environment, Kind kind, Optional<Duration> otherwise) {
        var name = "RETENTION_" + kind.name();
        var value = environment.text(name, "");
        return value.isEmpty() ? otherwise : time(name, value, value);
    }

    private static Map<String, Retention> namespaces(String text, Retention byDefault) {
        var times = new HashMap<String, EnumMap<Kind, Optional<Duration>>>();
        if (!text.isEmpty()) {
            for (var override : text.split(",", -1)) {
                var parts = OVERRIDE.matcher(override.strip());
                if (!parts.matches()) {
                    throw refused(override);
                }
                var of = times.computeIfAbsent(parts.group(1), namespace -> new EnumMap<>(Kind.class));
                var before = of.put(kind(override, parts.group(2)), time(NAMESPACES, override, parts.group(3)));
                if (before != null) {
                    throw new InvalidSetting(
                            NAMESPACES, override.strip(), "each namespace's interactions, sessions and memories once");
                }
            }
        }
        var namespaces = new HashMap<String, Retention>();
        times.forEach((namespace, of) -> namespaces.put(
                namespace,
                new Retention(
                        of.getOrDefault(Kind.INTERACTIONS, byDefault.interactions()),
                        of.getOrDefault(Kind.SESSIONS, byDefault.sessions()),
                        of.getOrDefault(Kind.MEMORIES, byDefault.memories()))));
        return Map.copyOf(namespaces);
    }

    private static Kind kind(String override, String name) {
        try {
            return Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused(override);
        }
    }

    private static InvalidSetting refused(String override) {
        return new InvalidSetting(
                NAMESPACES,
                override.strip(),
                "namespace:kind=time with commas, kind one of interactions, sessions, memories, such as"
                        + " acme:interactions=7d,acme:memories=730d");
    }

    /** @param got what the message quotes */
    private static Optional<Duration> time(String name, String got, String value) {
        if (value.strip().equalsIgnoreCase(FOREVER)) {
            return Optional.empty();
        }
        var time = duration(value.strip());
        if (time.filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0)
                .isEmpty()) {
            throw new InvalidSetting(name, got.strip(), "forever, or a duration from 1h to 36500d such as 30d");
        }
        return time;
    }

    private static Optional<Duration> every(Environment environment) {
        var value = environment.text(EVERY, "1h");
        if (value.equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        var every = duration(value);
        if (every.filter(it -> it.compareTo(OFTENEST) >= 0 && it.compareTo(LONGEST) <= 0)
                .isEmpty()) {
            throw new InvalidSetting(EVERY, value, "off, or a duration from 1s such as 1h");
        }
        return every;
    }

    private static Optional<Duration> duration(String value) {
        try {
            return Optional.of(new Environment(Map.of(EVERY, value)).duration(EVERY, Duration.ZERO));
        } catch (InvalidSetting | ArithmeticException e) {
            // Reported by the caller, who knows the variable.
            return Optional.empty();
        }
    }
}
