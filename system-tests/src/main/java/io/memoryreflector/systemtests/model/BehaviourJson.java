package io.memoryreflector.systemtests.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A behaviour as it stands in the body of {@code /stub/behaviour}: pure. */
final class BehaviourJson {

    private static final Set<String> FIELDS =
            Set.of("latency", "faults", "seed", "burst", "retry_after_ms", "response_format", "gullible");

    private BehaviourJson() {}

    static Map<String, Object> write(Behaviour behaviour) {
        var faults = new LinkedHashMap<String, Double>();
        Outcome.faults()
                .forEach(
                        outcome -> faults.put(outcome.json(), behaviour.shares().getOrDefault(outcome, 0.0)));
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "latency",
                Map.of(
                        "kind",
                        behaviour.latency().kindName(),
                        "ms",
                        behaviour.latency().ms(),
                        "spread",
                        behaviour.latency().spread()));
        json.put("faults", faults);
        json.put("seed", behaviour.seed());
        json.put(
                "burst",
                Map.of(
                        "every_ms",
                        behaviour.burst().every().toMillis(),
                        "length_ms",
                        behaviour.burst().length().toMillis()));
        json.put("retry_after_ms", behaviour.retryAfter().toMillis());
        json.put("response_format", behaviour.formats().name().toLowerCase(Locale.ROOT));
        json.put("gullible", behaviour.gullible());
        return json;
    }

    /**
     * What is missing stays as it is; of {@code faults}, those that are missing become 0.
     *
     * @throws IllegalArgumentException naming the field, what it got and what it takes
     */
    static Behaviour change(Behaviour now, JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("body: got " + json.getNodeType() + ", takes a JSON object");
        }
        json.propertyNames().stream().filter(name -> !FIELDS.contains(name)).forEach(name -> {
            throw new IllegalArgumentException(name + ": is unknown, takes " + List.copyOf(FIELDS));
        });
        return new Behaviour(
                latency(now.latency(), json.path("latency")),
                json.has("faults") ? shares(json.path("faults")) : now.shares(),
                (long) number("seed", json.path("seed"), now.seed()),
                burst(now.burst(), json.path("burst")),
                millis("retry_after_ms", json.path("retry_after_ms"), now.retryAfter()),
                name("response_format", json.path("response_format"), now.formats(), Behaviour.Formats.class),
                flag("gullible", json.path("gullible"), now.gullible()));
    }

    private static Latency latency(Latency now, JsonNode json) {
        return new Latency(
                name("latency.kind", json.path("kind"), now.kind(), Latency.Kind.class),
                number("latency.ms", json.path("ms"), now.ms()),
                number("latency.spread", json.path("spread"), now.spread()));
    }

    private static Behaviour.Burst burst(Behaviour.Burst now, JsonNode json) {
        return new Behaviour.Burst(
                millis("burst.every_ms", json.path("every_ms"), now.every()),
                millis("burst.length_ms", json.path("length_ms"), now.length()));
    }

    private static Map<Outcome, Double> shares(JsonNode json) {
        var shares = new EnumMap<Outcome, Double>(Outcome.class);
        json.properties().forEach(each -> {
            var field = "faults." + each.getKey();
            shares.put(name(field, each.getKey(), Outcome.class, Outcome.faults()), number(field, each.getValue(), 0));
        });
        return shares;
    }

    private static <E extends Enum<E>> E name(String field, JsonNode json, E otherwise, Class<E> type) {
        return json.isMissingNode()
                ? otherwise
                : name(field, json.asString(""), type, Arrays.asList(type.getEnumConstants()));
    }

    private static <E extends Enum<E>> E name(String field, String got, Class<E> type, List<E> taken) {
        return taken.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(got))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + ": got '" + got + "', takes one of "
                        + taken.toString().toLowerCase(Locale.ROOT)));
    }

    private static double number(String field, JsonNode json, double otherwise) {
        if (json.isMissingNode()) {
            return otherwise;
        }
        if (!json.isNumber()) {
            throw new IllegalArgumentException(field + ": got " + json + ", takes a number");
        }
        return json.asDouble();
    }

    private static Duration millis(String field, JsonNode json, Duration otherwise) {
        return Duration.ofMillis((long) number(field, json, otherwise.toMillis()));
    }

    private static boolean flag(String field, JsonNode json, boolean otherwise) {
        if (json.isMissingNode()) {
            return otherwise;
        }
        if (!json.isBoolean()) {
            throw new IllegalArgumentException(field + ": got " + json + ", takes true or false");
        }
        return json.asBoolean();
    }
}
