package io.memoryreflector.streams.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration BASE = Duration.ofSeconds(30);
    private static final Duration CAP = Duration.ofMinutes(15);

    @Property
    void doublesWithJitterUpToTheCap(@ForAll @IntRange(min = 1, max = 1_000) int attempts, @ForAll long seed) {
        var delay = new Backoff(BASE, CAP, new Random(seed)).delay(attempts, Optional.empty());

        var exact = Math.min(BASE.toMillis() * Math.pow(2, attempts - 1), CAP.toMillis());
        assertThat((double) delay.toMillis()).isBetween(exact * 0.8 - 1, exact * 1.2 + 1);
    }

    @Test
    void shouldWaitAsLongAsTheProviderAsks() {
        var backoff = new Backoff(BASE, CAP, new Random(1));

        assertThat(backoff.delay(1, Optional.of(Duration.ofHours(2)))).isEqualTo(Duration.ofHours(2));
        assertThat(backoff.delay(1, Optional.of(Duration.ofSeconds(1)))).isGreaterThan(Duration.ofSeconds(20));
    }
}
