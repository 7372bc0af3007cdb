package io.memoryreflector.streams.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long now;
    private boolean liveIsBehind;
    private int pending;
    private final TimeMeter clock = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void shouldTakeUpSoManyASecondOverAMinuteHoweverManyComeAtOnce() {
        var pace = new Pace(10, () -> liveIsBehind, () -> pending, clock);
        var taken = 0;
        for (int tick = 0; tick < 6_000; tick++) {
            if (pace.isOpen()) {
                pace.taken(pace.atOnce());
                taken += pace.atOnce();
            }
            now += Duration.ofMillis(10).toNanos();
        }

        assertThat(taken).isBetween(600, 620);
    }

    @Test
    void shouldTakeUpNothingWhileTooMuchWaitsInTheLanes() {
        var pace = new Pace(0, () -> liveIsBehind, () -> pending, clock);
        pending = Pace.MOST_PENDING;
        assertThat(pace.isOpen()).isFalse();

        pending--;
        assertThat(pace.isOpen()).isTrue();
    }

    @Test
    void shouldTakeUpNothingWhileTheLiveReflectorIsBehind() {
        var pace = new Pace(10, () -> liveIsBehind, () -> pending, clock);
        liveIsBehind = true;
        assertThat(pace.isOpen()).isFalse();

        liveIsBehind = false;
        assertThat(pace.isOpen()).isTrue();
    }

    @Test
    void shouldSayWhatAShadowsNameTakes() {
        assertThat(ShadowSettings.from(new Environment(Map.of()))).isEmpty();
        assertThatThrownBy(() -> ShadowSettings.from(new Environment(Map.of("REFLECTOR_SHADOW", "My Shadow"))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(
                        "REFLECTOR_SHADOW: got 'My Shadow', takes 1 to 32 of lower-case letters, digits and hyphens");
    }
}
