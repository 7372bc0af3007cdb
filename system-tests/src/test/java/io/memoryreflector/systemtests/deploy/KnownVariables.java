package io.memoryreflector.systemtests.deploy;

import io.memoryreflector.schemas.env.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that a program asks for by name: the constants in capitals of its classes and of the modules that
 * it is made of, those of the connectors' configurations, and what Kafka's clients and the JVM know.
 */
record KnownVariables(Set<String> names) {

    private static final Pattern IN_CAPITALS = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(?:env:)?([A-Z0-9_]+)}");

    /** Of the JVM, of logback.xml, and of OpenTelemetry's SDK. */
    private static final Set<String> ELSEWHERE = Set.of(
            "JAVA_TOOL_OPTIONS",
            "LOG_FORMAT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_TRACES_SAMPLER",
            "OTEL_TRACES_SAMPLER_ARG");

    static KnownVariables of(String... modules) throws IOException {
        var names = new HashSet<>(ELSEWHERE);
        for (var module : modules) {
            try (var files = Files.walk(Path.of("..", module, "target", "classes"))) {
                files.filter(file -> file.toString().endsWith(".class"))
                        .forEach(file -> names.addAll(in(file, IN_CAPITALS, 0)));
            }
        }
        return new KnownVariables(names);
    }

    /** With what these files refer to as <code>${env:NAME}</code> or <code>${NAME}</code>. */
    KnownVariables and(List<Path> files) {
        var all = new HashSet<>(names);
        files.forEach(file -> all.addAll(in(file, REFERENCE, 1)));
        return new KnownVariables(all);
    }

    boolean contains(String name) {
        return names.contains(name) || isOfKafkaClients(name);
    }

    private static boolean isOfKafkaClients(String name) {
        return name.startsWith("KAFKA_")
                && new Environment(Map.of(name, "x"))
                        .kafkaClient()
                        .containsKey(name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'));
    }

    private static Set<String> in(Path file, Pattern pattern, int group) {
        try {
            var found = new HashSet<String>();
            var matcher = pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                found.add(matcher.group(group));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
