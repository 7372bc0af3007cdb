package io.memoryreflector.systemtests.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A node of a YAML file, read by path. A path that leads nowhere is a node without a value. */
record Yaml(Object value) {

    static List<Yaml> documents(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(200);
        var parser = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
        var documents = new ArrayList<Yaml>();
        parser.loadAll(Files.readString(file)).forEach(document -> documents.add(new Yaml(document)));
        return documents;
    }

    /** @param path names of fields, or numbers of items */
    Yaml at(Object... path) {
        var node = value;
        for (var step : path) {
            if (node instanceof Map<?, ?> map) {
                node = map.get(step);
            } else if (node instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                node = list.get(index);
            } else {
                node = null;
            }
        }
        return new Yaml(node);
    }

    boolean exists() {
        return value != null;
    }

    String text() {
        return String.valueOf(value);
    }

    List<Yaml> items() {
        return value instanceof List<?> list
                ? list.stream().map(item -> new Yaml(item)).toList()
                : List.of();
    }

    /** A mapping's fields; of a field without a value the text is empty. */
    Map<String, Yaml> fields() {
        var fields = new LinkedHashMap<String, Yaml>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), new Yaml(field)));
        }
        return fields;
    }
}
