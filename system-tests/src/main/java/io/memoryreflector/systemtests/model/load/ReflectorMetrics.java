package io.memoryreflector.systemtests.model.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a running reflector says of itself. Thread-safe. */
public final class ReflectorMetrics {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI address;

    /** @param reflectorUrl such as {@code http://127.0.0.1:8090} */
    public ReflectorMetrics(String reflectorUrl) {
        this.address = URI.create(reflectorUrl + "/actuator/prometheus");
    }

    /** All values at one time. */
    public record Sample(List<String> lines) {

        /**
         * The sum over all series of a metric that have these labels.
         *
         * @param name as Prometheus knows it
         * @param labels each as {@code name="value"}
         */
        public double sum(String name, String... labels) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** Reads them now. */
    public Sample read() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
            var lines = http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
            return new Sample(lines.filter(line -> !line.startsWith("#")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(address + " does not answer", e);
        }
    }
}
