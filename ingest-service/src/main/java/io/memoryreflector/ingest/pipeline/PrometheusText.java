package io.memoryreflector.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The samples of Prometheus' text format, version 0.0.4. Pure. */
record PrometheusText(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile(
            "(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})?\\s+(?<value>\\S+)(?:\\s+-?\\d+)?\\s*");
    private static final Pattern LABEL =
            Pattern.compile("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"");

    /** One sample. */
    record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads what can be read; comments and lines that are none of the format are passed over. */
    static PrometheusText parse(String text) {
        var samples = new ArrayList<Sample>();
        for (var line : text.split("\n", -1)) {
            var parts = LINE.matcher(line);
            if (!line.startsWith("#") && parts.matches()) {
                try {
                    samples.add(new Sample(
                            parts.group("name"), labels(parts.group("labels")), number(parts.group("value"))));
                } catch (NumberFormatException e) {
                    // Not of the format.
                }
            }
        }
        return new PrometheusText(samples);
    }

    /** The sum of all samples of this name with this label. */
    double sum(String name, String label, String value) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name)
                        && value.equals(sample.labels().get(label)))
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .sum();
    }

    /** The largest of all samples of this name with this label; 0 without any. */
    double max(String name, String label, String value) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name)
                        && value.equals(sample.labels().get(label)))
                .mapToDouble(Sample::value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static Map<String, String> labels(String text) {
        var labels = new TreeMap<String, String>();
        var found = LABEL.matcher(text == null ? "" : text);
        while (found.find()) {
            labels.put(found.group("name"), found.group("value").replaceAll("\\\\(.)", "$1"));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
