package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.benchmarks.measure.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The load generator of that name, whose own part of two cores is small. Its script makes each request.
 *
 * <p>Source: <a href="https://github.com/wg/wrk">wrk</a>, of Debian's package.
 */
public final class Wrk implements AutoCloseable {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("\\s+(50|99)%\\s+([0-9.]+)(us|ms|s)");
    private static final Duration OVER = Duration.ofSeconds(30);

    private final Path script;

    /** Puts the script where the program finds it. */
    public Wrk() {
        try (var resource = Wrk.class.getResourceAsStream("post.lua")) {
            script = Files.createTempFile("post", ".lua");
            Files.write(script, resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is on the PATH. */
    public static boolean isInstalled() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    }

    /**
     * Requests a second, with percentiles.
     *
     * @param arguments of the script
     * @throws IllegalStateException if any request was not answered by 2xx
     */
    public Sample run(String url, int connections, Duration time, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                "wrk",
                "--threads",
                "1",
                "--connections",
                Integer.toString(connections),
                "--duration",
                time.toSeconds() + "s",
                "--timeout",
                "10s",
                "--latency",
                "--script",
                script.toString(),
                url,
                "--"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(OVER.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("wrk failed: " + said);
            }
            return read(said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Sample read(String said) {
        if (said.contains("Non-2xx") || said.contains("Socket errors")) {
            throw new IllegalStateException("not all requests were taken: " + said);
        }
        var rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("wrk says no rate: " + said);
        }
        var beside = new TreeMap<String, Double>();
        LATENCY.matcher(said)
                .results()
                .forEach(line -> beside.put("p" + line.group(1) + " ms", millis(line.group(2), line.group(3))));
        return new Sample(Double.parseDouble(rate.group(1)), Map.copyOf(beside));
    }

    private static double millis(String number, String unit) {
        var value = Double.parseDouble(number);
        return switch (unit) {
            case "us" -> value / 1e3;
            case "s" -> value * 1e3;
            default -> value;
        };
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(script);
    }
}
