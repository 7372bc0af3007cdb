package io.memoryreflector.systemtests.dashboards;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a program shows to Prometheus, as text. */
record Exposition(String text) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** Labels that every histogram and summary has. */
    private static final Set<String> OF_KIND = Set.of("le", "quantile");

    static Exposition of(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
        return new Exposition(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** Labels by metric, of those whose name begins so; the greatest value of a timer is not one of its own. */
    Map<String, Set<String>> labels(String prefix) {
        var metrics = new TreeMap<String, Set<String>>();
        TYPE.matcher(text).results().forEach(type -> {
            var name = type.group(1);
            if (name.startsWith(prefix)) {
                metrics.put(name, labelsOf(name));
            }
        });
        metrics.keySet()
                .removeIf(name -> name.endsWith("_max")
                        && metrics.containsKey(name.substring(0, name.length() - "_max".length())));
        return metrics;
    }

    private Set<String> labelsOf(String name) {
        var labels = new TreeSet<String>();
        Pattern.compile("(?m)^" + name + "(?:_bucket|_count|_sum)?\\{(.*)\\} ")
                .matcher(text)
                .results()
                .flatMap(series -> LABEL.matcher(series.group(1)).results())
                .map(label -> label.group(1))
                .filter(label -> !OF_KIND.contains(label))
                .forEach(labels::add);
        return labels;
    }
}
