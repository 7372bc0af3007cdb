package io.memoryreflector.systemtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.trace.UserHash;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.Outcome;
import io.memoryreflector.systemtests.model.StubModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every panel and every rule has data on a real Prometheus that scrapes the whole stack, with a model, under load. */
class DashboardsIT {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(200);

    /** Begins the names of what is looked for in the log. */
    private static final String LOGGED = "logged-";

    private static final List<String> NOT_HERE =
            List.of("reflector_forgotten_total", "kafka_connect_source_records_written_total");

    /** Metrics in an expression, and recorded ones. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:(?:reflector|kafka|disk)_\\w+|[a-z]+:[a-z_]+:\\w+|up)\\b(?![=~])");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:reflector|kafka_connect)_\\w+)(?:\\{(.*?)})?`");

    private static StubModel model;
    private static LocalStack stack;
    private static Prometheus prometheus;
    private static Load load;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(Commands.areInstalled()).as("Debian's package prometheus").isTrue();
        model = StubModel.start(0, Behaviour.well(Duration.ofMillis(20)));
        stack = LocalStack.start(
                Part.whole(),
                Map.of(
                        "OPENAI_BASE_URL", model.baseUrl().toString(),
                        "OPENAI_MODEL", "stub",
                        "OPENAI_PRICE_INPUT", "0.15",
                        "OPENAI_PRICE_OUTPUT", "0.60",
                        "LOG_FORMAT", "json",
                        "REFLECTION_DAILY_TOKENS", "*=1000000000",
                        "REFLECTION_RETRY_DELAY", "PT0.2S",
                        "REFLECTION_MAX_RETRIES", "1"));
        prometheus = Prometheus.start(stack, folder);
        load = Load.on(stack.ingestUrl());
        // From here on one call in five fails, so that there are retries and dead letters to be seen.
        model.behave(Behaviour.well(Duration.ofMillis(20)).failing(0.2, 7, Outcome.SERVER_ERROR, Outcome.REFUSED));
    }

    @AfterAll
    static void stop() throws Exception {
        for (var open : Stream.of(load, prometheus, stack, model)
                .filter(it -> it != null)
                .toList()) {
            open.close();
        }
    }

    @Test
    void shouldShowDataInEveryPanel() throws IOException {
        var queries = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .toList();

        assertThat(queries).hasSizeGreaterThan(70);
        awaitData(queries);
    }

    @Test
    void shouldOfferValuesForEveryVariable() throws IOException {
        var queries = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.variables().entrySet().stream()
                        .map(variable -> new Dashboard.Query(
                                dashboard.file() + ": " + variable.getKey(), metricWithLabel(variable.getValue()))))
                .toList();

        assertThat(queries).isNotEmpty();
        awaitData(queries);
    }

    @Test
    void shouldRecordEveryRuleAndAlertOnMetricsThatThereAre() {
        var queries = new ArrayList<Dashboard.Query>();
        for (var rule : prometheus.rules()) {
            var name = rule.path("name").asString();
            if (rule.path("type").asString().equals("recording")) {
                queries.add(new Dashboard.Query(name, name));
            } else {
                METRIC.matcher(rule.path("query").asString())
                        .results()
                        .forEach(metric -> queries.add(new Dashboard.Query(name, metric.group())));
            }
        }

        assertThat(queries).hasSizeGreaterThan(30);
        awaitData(queries);
        assertThat(prometheus.rules())
                .allSatisfy(rule -> assertThat(rule.path("health").asString()).isEqualTo("ok"));
    }

    @Test
    void shouldFireForTheDeadLettersThatThereAre() {
        awaitData(
                List.of(new Dashboard.Query("DeadLetters", "ALERTS{alertname=\"DeadLetters\",alertstate=\"firing\"}")));
    }

    @Test
    void shouldShowMetricsInPrometheusFormatWithHelpAndUnits() throws Exception {
        for (var shown : expositions()) {
            var said = Commands.promtool(shown.text(), "check", "metrics");

            // What Spring, Kafka and the JVM call theirs is theirs.
            assertThat(said.output()
                            .lines()
                            .filter(line -> !line.matches("(?!reflector_|kafka_connect_)[a-zA-Z_]+ .*")))
                    .isEmpty();
        }
    }

    @Test
    void shouldShowTheMetricsThatAreDocumented() throws Exception {
        var documented = new TreeMap<String, Set<String>>();
        ROW.matcher(Files.readString(Path.of("..", "docs", "monitoring.md")))
                .results()
                .forEach(row -> documented.put(row.group(1), labels(row.group(2))));

        await().atMost(SHOWN_WITHIN).pollInterval(PAUSE).untilAsserted(() -> {
            var shown = shown();
            // These need an erasure and a source.
            NOT_HERE.forEach(name -> shown.putIfAbsent(name, documented.get(name)));
            assertThat(shown).isEqualTo(documented);
        });
    }

    @Test
    void shouldLogOneJsonObjectALineWhereItIsAskedFor() throws IOException {
        for (var part : List.of(Part.INGEST, Part.REFLECTOR)) {
            var lines = Files.readAllLines(stack.process(part).log());

            assertThat(lines).isNotEmpty().allSatisfy(line -> {
                var entry = JsonMapper.shared().readTree(line);
                assertThat(entry.path("timestamp").isNumber()).isTrue();
                assertThat(entry.path("level").asString()).isNotEmpty();
                assertThat(entry.path("formattedMessage").asString()).isNotEmpty();
            });
        }
    }

    @Test
    void shouldSayInALogLineWhichInteractionUserAndTraceItIsAbout() {
        var told = new AtomicInteger();

        // The model refuses one in ten, which is logged.
        var line = await().atMost(SHOWN_WITHIN)
                .pollInterval(TURN)
                .until(
                        () -> {
                            post(told.incrementAndGet());
                            return lineAboutOne();
                        },
                        Optional::isPresent)
                .orElseThrow();

        var mdc = line.path("mdc");
        var number = Integer.parseInt(mdc.path("interaction_id").asString().substring(LOGGED.length()));
        assertThat(mdc.path("user").asString()).isEqualTo(UserHash.of("default/" + LOGGED + number));
        assertThat(mdc.path("trace_id").asString()).isEqualTo(trace(number));
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").asString()).contains(LOGGED + number);
    }

    /** Says something within a trace, as nobody else. */
    private static void post(int number) throws IOException, InterruptedException {
        var body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "interaction_id", LOGGED + number, "user_id", LOGGED + number, "user_message", "I like tea."));
        var request = HttpRequest.newBuilder(URI.create(stack.ingestUrl() + "/api/v1/interactions"))
                .timeout(SHOWN_WITHIN)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + trace(number) + "-00f067aa0ba902b7-01")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
    }

    private static String trace(int number) {
        return String.format("%032x", 0x4bf9_2f35_0000_0000L + number);
    }

    private static Optional<JsonNode> lineAboutOne() throws IOException {
        return Files.readAllLines(stack.process(Part.REFLECTOR).log()).stream()
                .filter(line -> line.contains("\"" + LOGGED))
                .map(line -> JsonMapper.shared().readTree(line))
                .findFirst();
    }

    /** All that our programs show of their own. */
    private static Map<String, Set<String>> shown() throws Exception {
        var shown = new TreeMap<String, Set<String>>();
        for (var exposition : expositions()) {
            shown.putAll(exposition.labels("reflector_"));
            shown.putAll(exposition.labels("kafka_connect_"));
        }
        return shown;
    }

    private static List<Exposition> expositions() throws Exception {
        return List.of(
                Exposition.of(stack.ingestUrl() + "/actuator/prometheus"),
                Exposition.of(stack.reflectorUrl() + "/actuator/prometheus"),
                Exposition.of(stack.connectMetricsUrl() + "/metrics"));
    }

    private static Set<String> labels(String list) {
        return list == null ? Set.of() : new TreeSet<>(Arrays.asList(list.split(",")));
    }

    private static String metricWithLabel(String query) {
        var parts = query.replaceFirst("label_values\\((.*)\\)", "$1").split(", ");
        return parts[0] + "{" + parts[1] + "!=\"\"}";
    }

    /** Fails with the titles of those that have none. */
    private static void awaitData(List<Dashboard.Query> queries) {
        var waiting = new ArrayList<>(queries);
        await().atMost(SHOWN_WITHIN).pollInterval(PAUSE).untilAsserted(() -> {
            waiting.removeIf(prometheus::hasData);
            assertThat(waiting.stream()
                            .map(query -> query.title() + ": " + query.expression())
                            .collect(Collectors.joining("\n")))
                    .isEmpty();
        });
    }
}
