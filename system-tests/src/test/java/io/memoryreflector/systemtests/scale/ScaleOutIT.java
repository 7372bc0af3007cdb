package io.memoryreflector.systemtests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.LocalStack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code make scale-out}: two minutes. */
@Tag("long")
class ScaleOutIT {

    @Test
    void shouldDoThreeTimesAsMuchWithThreeAndLoseNothingWhenOneIsKilledAndOneLeaves() throws Exception {
        try (var scaleOut = ScaleOut.start(ScalePlan.SHORT, LocalStack::start)) {
            var result = scaleOut.run();
            System.out.println(result);
            assertThat(result.isWhole()).as("%s", result).isTrue();
            assertThat(result.ratio()).isGreaterThanOrEqualTo(ScaleOut.GOAL);
        }
    }
}
