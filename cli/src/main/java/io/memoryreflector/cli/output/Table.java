package io.memoryreflector.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.WCWidth;
import picocli.CommandLine.Help.Ansi;

/** Rows under headings, aligned by what a terminal shows. For one thread. */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 20;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings one for each column; none is shown where all are empty */
    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row; null is shown as nothing. */
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : Plain.line(cell.toString()))
                .toList());
        return this;
    }

    /** Whether it has no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints it; on a terminal, the last column is cut where the line ends. */
    public void print(PrintStream out, Terminal terminal) {
        var widths = widths();
        if (!headings.stream().allMatch(String::isEmpty)) {
            var line = line(headings, widths, Integer.MAX_VALUE);
            out.println(Ansi.AUTO.enabled() ? Ansi.AUTO.string("@|bold " + line + "|@") : line);
        }
        var room = terminal.out() ? room(widths, terminal.columns()) : Integer.MAX_VALUE;
        rows.forEach(row -> out.println(line(row, widths, room)));
    }

    private int[] widths() {
        var widths = new int[headings.size()];
        for (var column = 0; column < widths.length; column++) {
            widths[column] = width(headings.get(column));
            for (var row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return widths;
    }

    private static int room(int[] widths, int columns) {
        var before = 0;
        for (var column = 0; column < widths.length - 1; column++) {
            before += widths[column] + GAP.length();
        }
        return Math.max(NARROWEST, columns - before);
    }

    private static String line(List<String> cells, int[] widths, int room) {
        var line = new StringBuilder();
        var last = cells.size() - 1;
        for (var column = 0; column < last; column++) {
            var cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
        }
        return line.append(cut(cells.get(last), room)).toString().stripTrailing();
    }

    private static String cut(String text, int room) {
        if (width(text) <= room) {
            return text;
        }
        var kept = new StringBuilder();
        var used = 1;
        for (var character : text.codePoints().toArray()) {
            used += Math.max(0, WCWidth.wcwidth(character));
            if (used > room) {
                break;
            }
            kept.appendCodePoint(character);
        }
        return kept.append('…').toString();
    }

    private static int width(String text) {
        return text.codePoints()
                .map(character -> Math.max(0, WCWidth.wcwidth(character)))
                .sum();
    }
}
