package io.memoryreflector.systemtests.dashboards.ksqldb;

import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.dashboards.ksqldb.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs scripts in thought: what each statement makes is there for the next. Not thread-safe. */
final class KsqlScript {

    private static final Set<String> PROPERTIES = Set.of("KAFKA_TOPIC", "KEY_FORMAT", "VALUE_FORMAT");

    private final Map<String, Topic> topics =
            Topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> topic));
    private final Map<String, Source> sources = new HashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private Reading reading;

    /** @throws KsqlError at the first thing that ksqlDB would not take */
    void run(String script) {
        reading = new Reading(script);
        while (!reading.atEnd()) {
            if (reading.passes("SET")) {
                reading.take(Kind.TEXT);
                reading.expect("=");
                reading.take(Kind.TEXT);
            } else if (reading.passes("CREATE")) {
                create();
            } else {
                select(false, Map.of());
            }
            reading.expect(";");
        }
    }

    /** Topics that a stream or a table was made over. */
    Set<String> topics() {
        return read;
    }

    private void create() {
        var ofTopic = reading.passes("SOURCE");
        var table = reading.passes("TABLE");
        if (!table) {
            reading.expect("STREAM");
        }
        reading.expect("IF", "NOT", "EXISTS");
        var name = reading.name();
        var source = ofTopic ? overTopic(name, table) : ofQuery(name, table);
        if (sources.put(name.text(), source) != null) {
            throw new KsqlError(name, name.text() + " is there already");
        }
    }

    private Source overTopic(Token name, boolean table) {
        reading.expect("(");
        var key = reading.name();
        reading.expect("STRING");
        if (table) {
            reading.expect("PRIMARY");
        }
        reading.expect("KEY", ")");
        var properties = properties();
        wanted(name, properties, "KEY_FORMAT", "KAFKA");
        wanted(name, properties, "VALUE_FORMAT", "AVRO");
        var topic = topics.get(properties.get("KAFKA_TOPIC"));
        if (topic == null) {
            throw new KsqlError(
                    name, "KAFKA_TOPIC: got " + properties.get("KAFKA_TOPIC") + ", takes one of " + topics.keySet());
        }
        if (table && !topic.compacted()) {
            throw new KsqlError(name, topic.name() + " keeps every record, takes a STREAM");
        }
        read.add(topic.name());
        return Source.over(topic, name, table, key);
    }

    private Source ofQuery(Token name, boolean table) {
        var properties = properties();
        reading.expect("AS");
        var query = select(true, properties);
        if (table != query.grouped()) {
            throw new KsqlError(
                    name, name.text() + (table ? " does not group, takes a STREAM" : " groups, takes a TABLE"));
        }
        return Source.of(name, table, query.windowed(), query.columns());
    }

    private record Query(Map<String, Type> columns, boolean grouped, boolean windowed) {}

    /** Its FROM is read first, since the columns before it are its source's. */
    private Query select(boolean kept, Map<String, String> properties) {
        var begin = reading.place();
        while (!reading.peek().is("FROM")) {
            if (reading.peek().is(";") || reading.atEnd()) {
                throw new KsqlError(reading.peek(), "a SELECT takes a FROM");
            }
            reading.take();
        }
        reading.expect("FROM");
        var source = source(reading.name());
        reading.back(begin);
        reading.expect("SELECT");
        var expressions = new Expressions(reading, source);
        var columns = new LinkedHashMap<String, Type>();
        var plain = new ArrayList<String>();
        do {
            var place = reading.place();
            var at = reading.peek();
            var type = expressions.expression();
            var text = reading.since(place);
            if (!expressions.wasAggregated()) {
                plain.add(text);
            }
            var column = reading.passes("AS") ? reading.name().text() : text;
            if (columns.put(column, type) != null || !column.matches("\\w+")) {
                throw new KsqlError(at, column + " takes a name of its own");
            }
        } while (reading.passes(","));
        reading.expect("FROM", source.name());
        var windowed = window(source);
        if (reading.passes("WHERE")) {
            expressions.expression();
            expressions.wasAggregated();
        }
        var grouped = reading.passes("GROUP", "BY");
        if (grouped) {
            group(expressions, plain, properties);
        } else if (kept && source.columns().keySet().stream().limit(1).noneMatch(columns::containsKey)) {
            throw new KsqlError(reading.peek(), "the key of " + source.name() + " is missing from what is selected");
        }
        if (reading.passes("EMIT", "CHANGES") && kept) {
            throw new KsqlError(reading.peek(), "EMIT CHANGES is for looking on");
        }
        if (reading.passes("LIMIT")) {
            reading.take(Kind.NUMBER);
        }
        return new Query(columns, grouped, windowed);
    }

    private void group(Expressions expressions, List<String> selected, Map<String, String> properties) {
        var at = reading.peek();
        var keys = new ArrayList<String>();
        do {
            var place = reading.place();
            expressions.expression();
            keys.add(reading.since(place));
        } while (reading.passes(","));
        if (!Set.copyOf(keys).equals(Set.copyOf(selected))) {
            throw new KsqlError(at, "grouped by " + keys + ", selected beside the aggregates " + selected);
        }
        if (keys.size() > 1) {
            wanted(at, properties, "KEY_FORMAT", "JSON");
        }
    }

    private boolean window(Source source) {
        if (!reading.passes("WINDOW")) {
            return false;
        }
        if (source.table()) {
            throw new KsqlError(reading.peek(), "WINDOW takes a stream, got the table " + source.name());
        }
        reading.expect("TUMBLING", "(", "SIZE");
        reading.take(Kind.NUMBER);
        var unit = reading.take(Kind.WORD);
        if (!unit.text().matches("(MINUTE|HOUR|DAY)S?")) {
            throw new KsqlError(unit, "got " + unit.text() + ", takes MINUTES, HOURS or DAYS");
        }
        reading.expect(")");
        return true;
    }

    private Source source(Token name) {
        var source = sources.get(name.text());
        if (source == null) {
            throw new KsqlError(name, "no stream or table " + name.text());
        }
        return source;
    }

    private Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        if (reading.passes("WITH", "(")) {
            do {
                var property = reading.take(Kind.WORD);
                if (!PROPERTIES.contains(property.text())) {
                    throw new KsqlError(property, "got " + property.text() + ", takes one of " + PROPERTIES);
                }
                reading.expect("=");
                properties.put(property.text(), reading.take(Kind.TEXT).text());
            } while (reading.passes(","));
            reading.expect(")");
        }
        return properties;
    }

    private static void wanted(Token at, Map<String, String> properties, String property, String value) {
        if (!value.equals(properties.get(property))) {
            throw new KsqlError(at, property + ": got " + properties.get(property) + ", takes " + value);
        }
    }
}
