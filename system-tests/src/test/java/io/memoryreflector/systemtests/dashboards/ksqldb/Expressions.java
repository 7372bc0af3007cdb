package io.memoryreflector.systemtests.dashboards.ksqldb;

import io.memoryreflector.systemtests.dashboards.ksqldb.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads expressions over one source and finds their types. Not thread-safe. */
final class Expressions {

    private static final Set<String> AGGREGATES =
            Set.of("COUNT", "SUM", "AVG", "MIN", "MAX", "TOPK", "LATEST_BY_OFFSET");

    /** Aggregates that can take back a row, as tables need it. */
    private static final Set<String> OF_TABLES = Set.of("COUNT", "SUM", "AVG");

    private static final Set<String> OPERATORS =
            Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||", "AND", "OR", "LIKE");

    private final Reading reading;
    private final Source source;
    private boolean aggregated;

    Expressions(Reading reading, Source source) {
        this.reading = reading;
        this.source = source;
    }

    /** Whether an aggregate was read since this was last asked. */
    boolean wasAggregated() {
        var was = aggregated;
        aggregated = false;
        return was;
    }

    Type expression() {
        reading.passes("NOT");
        var type = operand();
        while (true) {
            if (reading.passes("IS")) {
                reading.passes("NOT");
                reading.expect("NULL");
                type = Type.ANY;
            } else if (reading.passes("NOT", "IN") || reading.passes("IN")) {
                reading.expect("(");
                do {
                    compared(type);
                } while (reading.passes(","));
                reading.expect(")");
                type = Type.ANY;
            } else if (reading.peek().kind() != Kind.TEXT
                    && OPERATORS.contains(reading.peek().text())) {
                var operator = reading.take();
                reading.passes("NOT");
                if (operator.is("AND") || operator.is("OR")) {
                    type = operand();
                } else {
                    compared(type);
                    type = Type.ANY;
                }
            } else {
                return type;
            }
        }
    }

    private void compared(Type type) {
        if (reading.peek().kind() == Kind.TEXT) {
            type.mustKnow(reading.peek());
        }
        operand();
    }

    private Type operand() {
        var token = reading.peek();
        switch (token.kind()) {
            case NUMBER, TEXT -> {
                reading.take();
                return Type.ANY;
            }
            case SYMBOL -> {
                reading.expect("(");
                var type = expression();
                reading.expect(")");
                return type;
            }
            default -> {
                var name = reading.name();
                return path(reading.passes("(") ? call(name) : source.column(name));
            }
        }
    }

    private Type path(Type base) {
        var type = base;
        while (true) {
            if (reading.passes("->")) {
                type = type.field(reading.name());
            } else if (reading.passes("[")) {
                type = type.entry(reading.peek());
                expression();
                reading.expect("]");
            } else {
                return type;
            }
        }
    }

    private Type call(Token function) {
        if (AGGREGATES.contains(function.text())) {
            aggregated = true;
            if (source.table() && !OF_TABLES.contains(function.text())) {
                throw new KsqlError(function, function.text() + " takes a stream, got the table " + source.name());
            }
        }
        var arguments = arguments();
        var first = arguments.isEmpty() ? Type.ANY : arguments.get(0);
        return switch (function.text()) {
            case "COUNT", "TOPK" -> Type.ANY;
            case "SUM", "AVG" -> {
                first.mustBeANumber(function);
                yield Type.ANY;
            }
            case "MIN", "MAX", "LATEST_BY_OFFSET", "IFNULL" -> first;
            case "UNIX_TIMESTAMP" -> {
                first.mustBeATime(function);
                yield Type.ANY;
            }
            case "EXPLODE" -> {
                if (source.table()) {
                    throw new KsqlError(function, "EXPLODE takes a stream, got the table " + source.name());
                }
                yield first.entry(function);
            }
            default -> throw new KsqlError(function, "no function " + function.text() + " is known here");
        };
    }

    private List<Type> arguments() {
        var arguments = new ArrayList<Type>();
        if (reading.passes("*", ")") || reading.passes(")")) {
            return arguments;
        }
        do {
            arguments.add(expression());
        } while (reading.passes(","));
        reading.expect(")");
        return arguments;
    }
}
