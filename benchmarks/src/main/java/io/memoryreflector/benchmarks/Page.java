package io.memoryreflector.benchmarks;

import io.memoryreflector.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * The part of a page in Markdown between two comments, and the picture beside it; what stands around it stays.
 *
 * @param file that holds {@code <!-- measured -->} and {@code <!-- /measured -->}
 */
record Page(List<Result> results, Path file) {

    private static final String BEGIN = "<!-- measured -->";
    private static final String END = "<!-- /measured -->";

    void write() throws IOException {
        var page = Files.readString(file);
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "PAGE: got '" + file + "', takes a file that holds '" + BEGIN + "' and behind it '" + END + "'");
        }
        var picture = file.resolveSibling("images").resolve("benchmarks.svg");
        Files.writeString(picture, new Picture(results).svg());
        Files.writeString(file, page.substring(0, begin) + measured() + page.substring(end));
    }

    private String measured() throws IOException {
        return """
                %s
                %s: %s, %d cores, Java %s, Kafka %s.

                ![How far each figure is above or below its goal](images/benchmarks.svg)

                %s""".formatted(
                        BEGIN,
                        LocalDate.now(),
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        AppInfoParser.getVersion(),
                        new Table(results).markdown());
    }

    private static String processor() throws IOException {
        var info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readString(info)
                .lines()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(System.getProperty("os.arch"));
    }
}
