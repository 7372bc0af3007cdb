package io.memoryreflector.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlowWorkTest {

    private Instant now = Instant.parse("2026-05-02T10:00:00Z");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldShowABarOnATerminalOnceTwoSecondsAreOver() {
        try (var work = work(new Terminal(false, false, true, 100))) {
            work.reached(10, 100, "10 lines");
            assertThat(shown()).isEmpty();

            now = now.plusSeconds(3);
            work.reached(50, 100, "50 lines, 17/s");
        }
        assertThat(shown()).contains("importing", "50%", "50 lines, 17/s");
    }

    @Test
    void shouldShowNothingWhereNobodySitsAtStderr() {
        try (var work = work(new Terminal(true, true, false, 100))) {
            now = now.plusSeconds(3);
            work.reached(50, 100, "50 lines");
        }
        assertThat(shown()).isEmpty();
    }

    private SlowWork work(Terminal terminal) {
        var nothing = new ByteArrayInputStream(new byte[0]);
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new SlowWork(
                "importing",
                new SlowWork.Unit(" B", 1),
                new Surroundings(nothing, stream, stream, terminal, null),
                () -> now);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
