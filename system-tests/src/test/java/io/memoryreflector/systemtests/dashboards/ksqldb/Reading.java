package io.memoryreflector.systemtests.dashboards.ksqldb;

import io.memoryreflector.systemtests.dashboards.ksqldb.Token.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A place in a script. Not thread-safe. */
final class Reading {

    /** Words that name nothing unless they are quoted, of those that a schema or a statement is likely to use. */
    private static final Set<String> RESERVED = Set.of(
            "ADVANCE",
            "ALL",
            "AND",
            "AS",
            "AT",
            "BEGINNING",
            "BETWEEN",
            "BY",
            "CASE",
            "CAST",
            "CATALOG",
            "CONNECTOR",
            "CONNECTORS",
            "CREATE",
            "DAYS",
            "DECIMAL",
            "DELETE",
            "DESCRIBE",
            "DISTINCT",
            "DROP",
            "ELSE",
            "END",
            "EXISTS",
            "EXPORT",
            "EXTENDED",
            "FALSE",
            "FROM",
            "FULL",
            "GROUP",
            "HAVING",
            "HOPPING",
            "HOURS",
            "IN",
            "INNER",
            "INSERT",
            "INTO",
            "IS",
            "JOIN",
            "LEFT",
            "LIKE",
            "LIMIT",
            "LIST",
            "LOAD",
            "MATERIALIZED",
            "MILLISECOND",
            "MILLISECONDS",
            "MINUTES",
            "MONTHS",
            "NAMESPACE",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "OUTER",
            "PAUSE",
            "PRINT",
            "PROPERTIES",
            "QUERIES",
            "QUERY",
            "RENAME",
            "RESUME",
            "RETENTION",
            "RIGHT",
            "RUN",
            "SAMPLE",
            "SCRIPT",
            "SECONDS",
            "SELECT",
            "SIZE",
            "STREAM",
            "STREAMS",
            "TABLE",
            "TERMINATE",
            "THEN",
            "TO",
            "TOPIC",
            "TOPICS",
            "TRUE",
            "TUMBLING",
            "UNSET",
            "VALUES",
            "VIEW",
            "WHEN",
            "WHERE",
            "WINDOW",
            "WITH",
            "WITHIN",
            "YEARS");

    private final List<Token> tokens;
    private int next;

    Reading(String script) {
        this.tokens = Token.of(script);
    }

    Token peek() {
        return tokens.get(next);
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    Token take() {
        var token = peek();
        if (!atEnd()) {
            next++;
        }
        return token;
    }

    Token take(Kind kind) {
        if (peek().kind() != kind) {
            throw new KsqlError(peek(), "got " + peek().text() + ", takes a " + kind);
        }
        return take();
    }

    /** Whether these are next, which are passed then. */
    boolean passes(String... words) {
        for (var i = 0; i < words.length; i++) {
            if (!tokens.get(Math.min(next + i, tokens.size() - 1)).is(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    void expect(String... words) {
        if (!passes(words)) {
            throw new KsqlError(peek(), "got " + peek().text() + ", takes " + String.join(" ", words));
        }
    }

    /** A name, as ksqlDB knows it. */
    Token name() {
        var token = take();
        if (token.kind() == Kind.WORD && RESERVED.contains(token.text())) {
            throw new KsqlError(token, token.text() + " is a word of ksqlDB's own, takes `" + token.text() + "`");
        }
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED_NAME) {
            throw new KsqlError(token, "got " + token.text() + ", takes a name");
        }
        return token;
    }

    int place() {
        return next;
    }

    void back(int place) {
        next = place;
    }

    /** What was read since a place, in one way of writing. */
    String since(int place) {
        return tokens.subList(place, next).stream().map(Token::text).collect(Collectors.joining(" "));
    }
}
