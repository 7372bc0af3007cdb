package io.memoryreflector.store.projection;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One building of the graph from the log. Neo4j's Community edition has one database, so two generations stand beside each
 * other in it under labels of their own: odd ones bear the plain labels, even ones the same with {@code _2}. Statements are
 * written for the plain labels and put into a generation's words here. Immutable and thread-safe.
 *
 * @param number from 1
 */
public record Generation(long number) {

    /** What a graph is that nobody has rebuilt. */
    public static final Generation FIRST = new Generation(1);

    /** Of which each node of a graph has one, but for the record of its constraints and indexes. */
    static final List<String> KINDS =
            List.of("User", "Interaction", "Message", "Memory", "Entity", "Amendment", "Session", "Erasure", "Cleaned");

    private static final String SUFFIX = "_2";
    private static final Pattern NAMES = Pattern.compile("(:(?:" + String.join("|", KINDS)
            + "|Episode|Fact|Procedure|SchemaMigration)\\b"
            + "|\\bCREATE (?:CONSTRAINT|INDEX|FULLTEXT INDEX) \\w+|\\bDROP INDEX \\w+|\\bawaitIndex\\('\\w+)");

    /** Filled in where a user's numbers begin. */
    private static final String FIRST_SEQ = "$first_seq";

    /** No user is written that often in one generation. */
    private static final int SEQ_BITS = 40;

    private static final ConcurrentHashMap<String, String> SECOND = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException below 1 */
    public Generation {
        if (number < 1) {
            throw new IllegalArgumentException("generation: got " + number + ", takes 1 and more");
        }
    }

    /** The one after this, under the other labels. */
    public Generation next() {
        return new Generation(number + 1);
    }

    /** A statement in the words of this generation. */
    public String of(String statement) {
        var named = number % 2 == 1 ? statement : SECOND.computeIfAbsent(statement, Generation::second);
        return named.contains(FIRST_SEQ) ? named.replace(FIRST_SEQ, Long.toString(firstSeq())) : named;
    }

    /**
     * Where a user's numbers begin. Above all of the generations before, so that whoever has read one of those is behind
     * and reads all anew.
     */
    private long firstSeq() {
        return (number - 1) << SEQ_BITS;
    }

    /** A label as statements have it. */
    static String plain(String label) {
        return label.endsWith(SUFFIX) ? label.substring(0, label.length() - SUFFIX.length()) : label;
    }

    private static String second(String statement) {
        return NAMES.matcher(statement).replaceAll("$1" + SUFFIX);
    }
}
