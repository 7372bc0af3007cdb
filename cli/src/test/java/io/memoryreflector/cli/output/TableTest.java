package io.memoryreflector.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shouldAlignByWhatATerminalShows() {
        var table = new Table("NAME", "TEXT").row("李明", "one").row("Zoë", "two").row(null, "three");

        assertThat(printed(table, Terminal.NONE)).isEqualTo("""
                NAME  TEXT
                李明  one
                Zoë   two
                      three
                """);
    }

    @Test
    void shouldCutTheLastColumnOnATerminalOnly() {
        var table = new Table("", "").row("id", "x".repeat(100));

        assertThat(printed(table, new Terminal(true, true, true, 40))).isEqualTo("id  " + "x".repeat(35) + "…\n");
        assertThat(printed(table, Terminal.NONE)).isEqualTo("id  " + "x".repeat(100) + "\n");
    }

    @Test
    void shouldKeepEachRowOnOneLineAndShowWhatSteersATerminal() {
        var table = new Table("").row("a\nb\u001b[2J\u202Ec");

        assertThat(printed(table, Terminal.NONE)).isEqualTo("a b\u241b[2J\uFFFDc\n");
    }

    private static String printed(Table table, Terminal terminal) {
        var out = new ByteArrayOutputStream();
        table.print(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
        return out.toString(StandardCharsets.UTF_8);
    }
}
