package io.memoryreflector.ingest.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments whose types the tool's schema has checked. */
record Arguments(Map<String, Object> values) {

    /** A text; empty where none is given, or an empty one. */
    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name)).filter(text -> !text.isEmpty());
    }

    /** A text that the schema requires. */
    String required(String name) {
        return (String) values.get(name);
    }

    /** A whole number, in the decimal digits that parameters are read from; null where none is given. */
    String number(String name) {
        return values.get(name) == null ? null : Long.toString(((Number) values.get(name)).longValue());
    }

    /** Texts; none where the list is not given. */
    List<String> texts(String name) {
        return values.get(name) == null
                ? List.of()
                : ((List<?>) values.get(name)).stream().map(String::valueOf).toList();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }
}
