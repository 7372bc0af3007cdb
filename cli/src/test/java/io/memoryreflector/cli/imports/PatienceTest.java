package io.memoryreflector.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.cli.service.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final NoAnswer FAILURE = new NoAnswer("nobody there", null);

    private Instant now = Instant.parse("2026-05-02T10:00:00Z");
    private final List<Duration> slept = new ArrayList<>();

    @Test
    void shouldWaitLongerEachTimeUpToABound() throws InterruptedException {
        var patience = patience(Duration.ofHours(1));
        for (var i = 0; i < 20; i++) {
            patience.failed(FAILURE, Optional.empty());
        }

        assertThat(slept.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(slept.get(3)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
        assertThat(slept.subList(10, 20))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @Test
    void shouldWaitAsLongAsTheServiceAsksFor() throws InterruptedException {
        patience(Duration.ofHours(1)).failed(FAILURE, Optional.of(Duration.ofSeconds(30)));

        assertThat(slept).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void shouldGiveUpWhenTheTimeIsOverAndNotWaitPastIt() throws InterruptedException {
        var patience = patience(Duration.ofSeconds(40));
        patience.failed(FAILURE, Optional.of(Duration.ofSeconds(30)));
        patience.failed(FAILURE, Optional.of(Duration.ofSeconds(30)));

        assertThat(slept).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
        assertThatThrownBy(() -> patience.failed(FAILURE, Optional.empty()))
                .isInstanceOf(NoAnswer.class)
                .hasMessage("gave up after 40 s without success: nobody there");
    }

    @Test
    void shouldCountFromTheLastSuccess() throws InterruptedException {
        var patience = patience(Duration.ofSeconds(40));
        patience.failed(FAILURE, Optional.of(Duration.ofSeconds(30)));
        patience.succeeded();
        patience.failed(FAILURE, Optional.of(Duration.ofSeconds(30)));

        assertThat(slept).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    private Patience patience(Duration giveUpAfter) {
        return new Patience(
                giveUpAfter,
                () -> now,
                wait -> {
                    slept.add(wait);
                    now = now.plus(wait);
                },
                new SplittableRandom(7));
    }
}
