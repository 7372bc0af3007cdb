package io.memoryreflector.systemtests.dashboards.ksqldb;

import io.memoryreflector.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A stream or a table that a script has made.
 *
 * @param columns by name, with their types
 */
record Source(String name, boolean table, Map<String, Type> columns) {

    /** Over a topic, with the columns that ksqlDB takes from the registry: their names in capitals. */
    static Source over(Topic topic, Token name, boolean table, Token key) {
        var columns = new LinkedHashMap<String, Type>();
        columns.put(key.text(), Type.of(Schema.create(Schema.Type.STRING)));
        for (var field : topic.schema().getFields()) {
            if (columns.put(field.name().toUpperCase(Locale.ROOT), Type.of(field.schema())) != null) {
                throw new KsqlError(key, "the key is called " + key.text() + ", as a column of " + topic.name());
            }
        }
        return new Source(name.text(), table, pseudo(columns));
    }

    /** Made of a query. */
    static Source of(Token name, boolean table, boolean windowed, Map<String, Type> selected) {
        var columns = new LinkedHashMap<>(selected);
        if (windowed) {
            columns.put("WINDOWSTART", Type.ANY);
            columns.put("WINDOWEND", Type.ANY);
        }
        return new Source(name.text(), table, pseudo(columns));
    }

    Type column(Token column) {
        var type = columns.get(column.text());
        if (type == null) {
            throw new KsqlError(
                    column, name + " has no column " + column.text() + ", takes one of " + columns.keySet());
        }
        return type;
    }

    private static Map<String, Type> pseudo(Map<String, Type> columns) {
        for (var name : new String[] {"ROWTIME", "ROWPARTITION", "ROWOFFSET"}) {
            columns.put(name, Type.ANY);
        }
        return columns;
    }
}
