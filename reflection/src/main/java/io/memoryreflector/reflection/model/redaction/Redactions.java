package io.memoryreflector.reflection.model.redaction;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What is redacted, and for whom not.
 *
 * @param redactions in the order in which they are applied
 * @param offNamespaces whose texts go out as they are
 */
public record Redactions(List<Redaction> redactions, Set<String> offNamespaces) {

    /** Nothing is taken out of any text. */
    public static final Redactions NONE = new Redactions(List.of(), Set.of());

    /** Reads {@code REFLECTION_REDACT} and {@code REFLECTION_REDACT_OFF_NAMESPACES}. */
    public static Redactions from(Environment environment) {
        return new Redactions(
                chosen(environment.text("REFLECTION_REDACT", "keys,cards")),
                Set.copyOf(names(environment.text("REFLECTION_REDACT_OFF_NAMESPACES", ""))));
    }

    /** The text as a model may read it. */
    public String apply(String namespace, String text) {
        if (offNamespaces.contains(namespace)) {
            return text;
        }
        var redacted = text;
        for (var redaction : redactions) {
            redacted = redaction.redact(redacted);
        }
        return redacted;
    }

    private static List<Redaction> chosen(String setting) {
        if ("none".equalsIgnoreCase(setting)) {
            return List.of();
        }
        var known = known();
        var chosen = new ArrayList<Redaction>();
        for (var name : names(setting.toLowerCase(Locale.ROOT))) {
            if (!known.containsKey(name)) {
                throw new InvalidSetting(
                        "REFLECTION_REDACT", setting, "none, or with commas: " + String.join(", ", known.keySet()));
            }
            chosen.add(known.get(name));
        }
        return List.copyOf(chosen);
    }

    private static Map<String, Redaction> known() {
        var known = new LinkedHashMap<String, Redaction>();
        for (var redaction : BuiltInRedaction.values()) {
            known.put(redaction.kind(), redaction);
        }
        ServiceLoader.load(Redaction.class).forEach(redaction -> known.put(redaction.kind(), redaction));
        return known;
    }

    private static List<String> names(String setting) {
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
