package io.memoryreflector.reflection.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.reflection.model.http.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCallsTest {

    private static final Duration LINGER = Duration.ofMillis(300);

    private final List<List<String>> asked = new ArrayList<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(8);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void shouldAskOnceForAllWhoComeTogetherAndGiveEachItsOwn() throws Exception {
        var calls = new SharedCalls(this::lengths, 96, LINGER);

        var got = together(8, caller -> calls.vectors(List.of("x".repeat(caller), "y"), inTime()));

        for (int caller = 0; caller < 8; caller++) {
            var vectors = got.get(caller).get(10, TimeUnit.SECONDS);
            assertThat(vectors.get(0)).containsExactly(caller);
            assertThat(vectors.get(1)).containsExactly(1);
        }
        assertThat(asked).hasSizeLessThan(8);
        assertThat(asked.stream().mapToInt(List::size).sum()).isEqualTo(16);
    }

    @Test
    void shouldAskForNoMoreAtOnceThanACallTakes() throws Exception {
        var calls = new SharedCalls(this::lengths, 3, LINGER);

        for (var one : together(8, caller -> calls.vectors(List.of("x", "y"), inTime()))) {
            assertThat(one.get(10, TimeUnit.SECONDS)).hasSize(2);
        }

        assertThat(asked).hasSize(8).allSatisfy(texts -> assertThat(texts).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void shouldAskForEachAloneWhereTheSharedCallFails() throws Exception {
        var calls = new SharedCalls(this::lengthsUnlessBad, 96, LINGER);

        var got = together(4, caller -> calls.vectors(List.of(caller == 2 ? "bad" : "good"), inTime()));

        for (int caller = 0; caller < 4; caller++) {
            var one = got.get(caller);
            if (caller == 2) {
                assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("bad");
            } else {
                assertThat(one.get(10, TimeUnit.SECONDS).get(0)).containsExactly(4);
            }
        }
    }

    @Test
    void shouldKeepToEachCallersDeadline() throws Exception {
        var answer = new CountDownLatch(1);
        var calls = new SharedCalls(
                (texts, deadline) -> {
                    if (!comes(answer, deadline)) {
                        throw NoAnswer.late(null);
                    }
                    return lengths(texts, deadline);
                },
                96,
                LINGER);

        var got = together(
                2, caller -> calls.vectors(List.of("x"), caller == 0 ? inTime() : Deadline.in(Duration.ofMillis(50))));

        assertThatThrownBy(() -> got.get(1).get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(NoAnswer.class);
        answer.countDown();
        assertThat(got.get(0).get(10, TimeUnit.SECONDS).get(0)).containsExactly(1);
    }

    private static boolean comes(CountDownLatch answer, Deadline deadline) {
        try {
            return answer.await(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw NoAnswer.cancelled(e);
        }
    }

    private interface Caller {
        List<float[]> call(int caller) throws Exception;
    }

    private List<Future<List<float[]>>> together(int callers, Caller work) {
        var start = new CountDownLatch(1);
        var got = IntStream.range(0, callers)
                .mapToObj(caller -> pool.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return work.call(caller);
                }))
                .toList();
        start.countDown();
        return got;
    }

    private static Deadline inTime() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    private synchronized List<float[]> lengths(List<String> texts, Deadline deadline) {
        asked.add(texts);
        return texts.stream().map(text -> new float[] {text.length()}).toList();
    }

    private List<float[]> lengthsUnlessBad(List<String> texts, Deadline deadline) {
        if (texts.contains("bad")) {
            throw new IllegalStateException("bad");
        }
        return lengths(texts, deadline);
    }
}
