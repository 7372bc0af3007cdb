package io.memoryreflector.systemtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules by Prometheus' own checker: each alert fires when it should, and not when it should not. */
class AlertsTest {

    private static final Path PROMETHEUS = Commands.folder("prometheus");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)(.*?)(?=- alert:|\\z)", Pattern.DOTALL);
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: (\\S+)#(\\S+)");

    static List<String> alerts() throws IOException {
        return ALERT.matcher(rules()).results().map(alert -> alert.group(1)).toList();
    }

    @BeforeEach
    void needsPromtool() {
        assumeThat(Commands.areInstalled()).as("Debian's package prometheus").isTrue();
    }

    @Test
    void shouldBeAConfigurationThatPrometheusTakes() throws Exception {
        var said = Commands.promtool("", "check", "config", PROMETHEUS + "/prometheus.yml");

        assertThat(said.exit()).as(said.output()).isZero();
    }

    @Test
    void shouldFireWhenItShould() throws Exception {
        var said = Commands.promtool("", "test", "rules", PROMETHEUS + "/tests/alerts.yml");

        assertThat(said.exit()).as(said.output()).isZero();
    }

    @Test
    void shouldSeeAnAlertThatDoesNotFire() throws Exception {
        var folder = Files.createTempDirectory("rules");
        Files.createDirectories(folder.resolve("rules"));
        Files.createDirectories(folder.resolve("tests"));
        Files.copy(PROMETHEUS.resolve("rules/recording.yml"), folder.resolve("rules/recording.yml"));
        Files.copy(PROMETHEUS.resolve("tests/alerts.yml"), folder.resolve("tests/alerts.yml"));
        Files.writeString(folder.resolve("rules/alerts.yml"), rules().replace("ratio5m > 0.05", "ratio5m > 0.5"));

        var said = Commands.promtool("", "test", "rules", folder + "/tests/alerts.yml");

        assertThat(said.exit()).isNotZero();
        assertThat(said.output()).contains("ReflectionFailures").doesNotContain("RetryStorm");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldBeTestedBothFiringAndNot(String alert) throws IOException {
        var tests = Files.readString(PROMETHEUS.resolve("tests/alerts.yml"));
        var asked = tests.split("- eval_time: ");

        assertThat(asked)
                .filteredOn(it -> it.contains("alertname: " + alert + "\n"))
                .anyMatch(it -> it.contains("exp_labels"))
                .anyMatch(it -> !it.contains("exp_labels"));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void shouldNameASectionThatSaysWhatToDo(String alert) throws IOException {
        var text = ALERT.matcher(rules())
                .results()
                .filter(it -> it.group(1).equals(alert))
                .findFirst()
                .orElseThrow()
                .group(2);
        var runbook = RUNBOOK.matcher(text);

        assertThat(runbook.find()).isTrue();
        assertThat(text).contains("severity:", "summary:", "description:");
        assertThat(headings(Path.of("..").resolve(runbook.group(1)))).contains(runbook.group(2));
    }

    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String rules() throws IOException {
        return Files.readString(PROMETHEUS.resolve("rules/alerts.yml"));
    }
}
