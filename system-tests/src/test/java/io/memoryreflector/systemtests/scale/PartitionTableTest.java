package io.memoryreflector.systemtests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table in docs/operations.md is what its own formulas give. */
class PartitionTableTest {

    private static final double MESSAGES_A_DAY = 20;
    private static final double PEAK = 5;
    private static final double TIERS = 3;
    private static final double WORKERS = 512;
    private static final double REFLECTIONS_A_SECOND = 450;
    private static final int PARTITIONS_A_REFLECTOR = 4;
    private static final int LEAST = 12;

    private static final Pattern ROW = Pattern.compile(
            "^\\| ([0-9 ]+) \\| [0-9. ]+ \\| (\\d+) s \\| ([0-9 ]+) \\| (\\d+) \\+ 1 \\| (\\d+) \\|$",
            Pattern.MULTILINE);

    @Test
    void shouldFollowFromTheFormulas() throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        var found = 0;
        while (rows.find()) {
            var tasks = number(rows.group(1)) * MESSAGES_A_DAY * PEAK / 86_400 * TIERS;
            var calls = tasks * number(rows.group(2));
            var reflectors = (int) Math.ceil(Math.max(calls / WORKERS, tasks / REFLECTIONS_A_SECOND));

            assertThat(number(rows.group(3))).as(rows.group()).isEqualTo((int) Math.round(calls));
            assertThat(number(rows.group(4))).as(rows.group()).isEqualTo(reflectors);
            assertThat(number(rows.group(5)))
                    .as(rows.group())
                    .isEqualTo(Math.max(LEAST, PARTITIONS_A_REFLECTOR * (reflectors + 1)));
            found++;
        }
        assertThat(found).isEqualTo(5);
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace(" ", ""));
    }
}
