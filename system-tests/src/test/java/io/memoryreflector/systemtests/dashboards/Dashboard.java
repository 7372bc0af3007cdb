package io.memoryreflector.systemtests.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard as Grafana is provisioned with it.
 *
 * @param variables queries of the variables that the panels' expressions use, by name
 */
record Dashboard(String file, JsonNode json, Map<String, String> variables) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Long enough for two scrapes of the test's. */
    private static final String RATE_INTERVAL = "30s";

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /**
     * One expression of a panel.
     *
     * @param labels that its legend shows
     */
    record Query(String title, String expression, List<String> labels) {

        Query(String title, String expression) {
            this(title, expression, List.of());
        }
    }

    /** All of them. */
    static List<Dashboard> all() throws IOException {
        try (var files = Files.list(Commands.folder("grafana").resolve("dashboards"))) {
            var dashboards = new ArrayList<Dashboard>();
            for (var file : files.sorted().toList()) {
                dashboards.add(of(file));
            }
            return dashboards;
        }
    }

    private static Dashboard of(Path file) throws IOException {
        var json = JSON.readTree(Files.readString(file));
        var variables = new LinkedHashMap<String, String>();
        for (var variable : json.path("templating").path("list")) {
            if (variable.path("type").asString().equals("query")) {
                variables.put(
                        variable.path("name").asString(), variable.path("query").asString());
            }
        }
        return new Dashboard(file.getFileName().toString(), json, variables);
    }

    List<JsonNode> panels() {
        return StreamSupport.stream(json.path("panels").spliterator(), false).toList();
    }

    /** Every expression of every panel, as Grafana asks it when all of everything is chosen. */
    List<Query> queries() {
        var queries = new ArrayList<Query>();
        for (var panel : panels()) {
            for (var target : panel.path("targets")) {
                queries.add(new Query(
                        json.path("title").asString() + ": "
                                + panel.path("title").asString(),
                        filled(target.path("expr").asString()),
                        LABEL.matcher(target.path("legendFormat").asString(""))
                                .results()
                                .map(label -> label.group(1))
                                .toList()));
            }
        }
        return queries;
    }

    @Override
    public String toString() {
        return file;
    }

    private String filled(String expression) {
        var filled = expression.replace("$__rate_interval", RATE_INTERVAL);
        for (var variable : variables.keySet()) {
            filled = filled.replace("$" + variable, ".*");
        }
        return filled;
    }
}
