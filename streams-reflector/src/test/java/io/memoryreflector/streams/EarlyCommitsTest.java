package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyCommitsTest {

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final EarlyCommits commits = EarlyCommits.on();

    @BeforeEach
    void setUp() {
        at(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-01T04:08:00Z", "2026-12-01T05:00:00Z", "2026-12-01T05:45:00Z"})
    void shouldCommitTheFirstRecordAtOnceWheneverItComes(Instant at) {
        at(at.toEpochMilli());

        commits.wrote(context);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldCommitWhatIsWrittenLastWithoutAnotherRecord() {
        commits.wrote(context);
        context.resetCommit();
        commits.wrote(context);
        assertThat(context.committed()).isFalse();

        at(1_000_008);
        commits.look(context);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldCommitNothingWhereNothingWasWritten() {
        commits.look(context);

        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldLastTheLongerTheMoreComes() {
        assertThat(commitsInASecond(1)).isEqualTo(1);
        assertThat(commitsInASecond(100)).isBetween(10, 13);
        assertThat(commitsInASecond(4_000)).isBetween(4, 6);
        assertThat(commitsInASecond(10_000)).isBetween(1, 3);
    }

    @Test
    void shouldLeaveItToTheIntervalWhereNobodyWaits() {
        EarlyCommits.off().wrote(context);

        assertThat(context.committed()).isFalse();
    }

    private int commitsInASecond(int records) {
        var count = 0;
        var begin = context.currentSystemTimeMs() + 10_000;
        for (var record = 0; record < records; record++) {
            at(begin + record * 1_000L / records);
            commits.wrote(context);
            count += context.committed() ? 1 : 0;
            context.resetCommit();
        }
        return count;
    }

    private void at(long millis) {
        context.setCurrentSystemTimeMs(millis);
    }
}
