package io.memoryreflector.systemtests.dashboards.ksqldb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One word of a script.
 *
 * @param text words in capitals, as ksqlDB reads them; texts and quoted names without their quotes
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        WORD,
        QUOTED_NAME,
        TEXT,
        NUMBER,
        SYMBOL,
        END
    }

    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+|--[^\n]*)"
            + "|(?<WORD>[A-Za-z_][A-Za-z0-9_@]*)"
            + "|`(?<QUOTED>[^`]+)`"
            + "|'(?<TEXT>(?:[^']|'')*)'"
            + "|(?<NUMBER>[0-9]+(?:\\.[0-9]+)?)"
            + "|(?<SYMBOL>->|<=|>=|<>|!=|\\|\\||[-+*/%=<>(),;.\\[\\]])");

    /** @throws KsqlError at a character that begins no token */
    static List<Token> of(String script) {
        var tokens = new ArrayList<Token>();
        var matcher = TOKEN.matcher(script);
        var line = 1;
        var at = 0;
        while (at < script.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new KsqlError(new Token(Kind.END, "", line), "got '" + script.charAt(at) + "'");
            }
            if (matcher.group("WORD") != null) {
                tokens.add(new Token(Kind.WORD, matcher.group("WORD").toUpperCase(Locale.ROOT), line));
            } else if (matcher.group("QUOTED") != null) {
                tokens.add(new Token(Kind.QUOTED_NAME, matcher.group("QUOTED"), line));
            } else if (matcher.group("TEXT") != null) {
                tokens.add(new Token(Kind.TEXT, matcher.group("TEXT").replace("''", "'"), line));
            } else if (matcher.group("NUMBER") != null) {
                tokens.add(new Token(Kind.NUMBER, matcher.group("NUMBER"), line));
            } else if (matcher.group("SYMBOL") != null) {
                tokens.add(new Token(Kind.SYMBOL, matcher.group("SYMBOL"), line));
            }
            line += (int) matcher.group().chars().filter(c -> c == '\n').count();
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "the end", line));
        return tokens;
    }

    boolean is(String wanted) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(wanted);
    }
}
