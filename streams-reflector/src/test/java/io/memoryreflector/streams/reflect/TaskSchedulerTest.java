package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TaskSchedulerTest {

    private final TaskScheduler<Integer> scheduler = new TaskScheduler<>(Batching.of(10));

    @Test
    void shouldTakeTheOlderUserFirst() {
        scheduler.add("young", 1, Priority.NORMAL, 200, 1);
        scheduler.add("old", 2, Priority.NORMAL, 100, 1);

        assertThat(scheduler.next().orElseThrow().user()).isEqualTo("old");
        assertThat(scheduler.next().orElseThrow().user()).isEqualTo("young");
        assertThat(scheduler.next()).isEmpty();
    }

    @Test
    void shouldTakeUrgentTasksBeforeAllOthersHoweverLongThoseHaveWaited() {
        for (int i = 0; i < 1_000; i++) {
            scheduler.add("low" + i, i, Priority.LOW, i, 1);
        }
        scheduler.next();
        scheduler.add("late", 1_000, Priority.URGENT, Long.MAX_VALUE / 2, 1);

        assertThat(scheduler.hasUrgent()).isTrue();
        assertThat(scheduler.next().orElseThrow().user()).isEqualTo("late");
    }

    @Test
    void shouldLetTheOldestHaveATurnAmidAFloodOfUrgentTasks() {
        scheduler.add("low", 0, Priority.LOW, 0, 1);
        for (int i = 1; i <= 100; i++) {
            scheduler.add("urgent" + i, i, Priority.URGENT, i, 1);
        }

        for (int i = 1; i <= TaskScheduler.PASSES; i++) {
            assertThat(scheduler.next().orElseThrow().user()).isEqualTo("urgent" + i);
        }
        assertThat(scheduler.next().orElseThrow().user()).isEqualTo("low");
    }

    @Test
    void shouldCloseABatchBeforeItHasTooManyTokens() {
        var small = new TaskScheduler<Integer>(new Batching(10, 100, Duration.ZERO));
        List.of(60, 40, 1, 500, 1).forEach(tokens -> small.add("ada", tokens, Priority.NORMAL, 0, tokens));

        assertThat(small.next().orElseThrow().tokens()).isEqualTo(100);
        small.done("ada");
        assertThat(small.next().orElseThrow().keys()).containsExactly(1);
        small.done("ada");
        assertThat(small.next().orElseThrow().keys()).containsExactly(500);
    }

    @Test
    void shouldWaitForAnotherTiersCallHoweverFullOrUrgentItsBatchIs() {
        var waiting = new TaskScheduler<Integer>(new Batching(1, 1_000, Duration.ofSeconds(10), true));
        waiting.releaseDue(0);
        waiting.add("ada", 1, Priority.URGENT, 0, 1);
        waiting.add("ada", 2, Priority.URGENT, 0, 1);
        assertThat(waiting.hasNext()).isFalse();

        waiting.releaseDue(10_000);
        assertThat(waiting.next().orElseThrow().keys()).containsExactly(1);
    }

    @Test
    void shouldWaitForCompanyUntilTheBatchIsFullOrOldOrInAHurry() {
        var patient = new TaskScheduler<Integer>(new Batching(3, 1_000, Duration.ofSeconds(10)));
        patient.releaseDue(0);
        patient.add("old", 1, Priority.NORMAL, 0, 1);
        patient.add("full", 2, Priority.NORMAL, 5_000, 1);
        patient.add("full", 3, Priority.NORMAL, 5_000, 1);
        patient.add("hurry", 4, Priority.NORMAL, 5_000, 1);
        assertThat(patient.hasNext()).isFalse();

        patient.add("full", 5, Priority.NORMAL, 6_000, 1);
        assertThat(patient.next().orElseThrow().keys()).containsExactly(2, 3, 5);
        patient.add("hurry", 6, Priority.HIGH, 6_000, 1);
        assertThat(patient.next().orElseThrow().keys()).containsExactly(4, 6);
        patient.releaseDue(9_999);
        assertThat(patient.hasNext()).isFalse();
        patient.releaseDue(10_000);
        assertThat(patient.next().orElseThrow().keys()).containsExactly(1);
    }

    @Test
    void shouldRunTasksAloneThatWerePutBackAlone() {
        List.of(1, 2, 3).forEach(key -> scheduler.add("ada", key, Priority.NORMAL, key, 1));
        scheduler.next();
        scheduler.putBack("ada", true);

        assertThat(scheduler.next().orElseThrow().keys()).containsExactly(1);
        scheduler.done("ada");
        assertThat(scheduler.next().orElseThrow().keys()).containsExactly(2);
    }

    @Test
    void shouldHoldAUserBackUntilTheirTimeAndLetOthersGoOn() {
        scheduler.add("ada", 1, Priority.NORMAL, 100, 1);
        scheduler.add("bob", 2, Priority.NORMAL, 200, 1);
        scheduler.next();
        scheduler.hold("ada", 1_000);
        scheduler.add("ada", 3, Priority.URGENT, 300, 1);

        scheduler.releaseDue(999);
        assertThat(scheduler.next().orElseThrow().user()).isEqualTo("bob");
        assertThat(scheduler.hasNext()).isFalse();
        assertThat(scheduler.waiting()).isEqualTo(2);

        scheduler.releaseDue(1_000);
        assertThat(scheduler.next().orElseThrow().keys()).containsExactly(1, 3);
    }

    @Test
    void shouldSendAUserBehindThoseWhoWaitAndForgetItOnceTheyHadTheirTurn() {
        var single = new TaskScheduler<Integer>(Batching.of(1));
        single.add("ada", 1, Priority.NORMAL, 100, 1);
        single.add("ada", 2, Priority.NORMAL, 101, 1);
        single.add("bob", 3, Priority.NORMAL, 200, 1);
        single.next();
        single.sendBehind("ada", 300);

        assertThat(single.next().orElseThrow().user()).isEqualTo("bob");
        assertThat(single.next().orElseThrow().keys()).containsExactly(1);
        single.done("ada");
        single.add("carl", 4, Priority.NORMAL, 200, 1);
        assertThat(single.next().orElseThrow().keys()).containsExactly(2);
    }

    /**
     * Whatever the order of arrivals, answers, put-backs and holds: each task runs once, in its user's order, one call a
     * user.
     */
    @Property
    void everyTaskIsSettledOnceInItsUsersOrder(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 15) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int batchSize,
            @ForAll @IntRange(min = 0, max = 3) int wait) {
        var tasks = new TaskScheduler<Integer>(new Batching(batchSize, 7, Duration.ofMillis(wait)));
        var running = new ArrayDeque<TaskScheduler.Batch<Integer>>();
        var busy = new HashSet<String>();
        var settled = new HashMap<String, List<Integer>>();
        var added = new HashMap<String, List<Integer>>();
        var number = 0;
        for (var step : steps) {
            if (step < 6) {
                var user = "user" + step % 3;
                tasks.add(user, number, Priority.values()[step % 4], number, 1 + number % 5);
                added.computeIfAbsent(user, u -> new ArrayList<>()).add(number++);
            } else if (step < 9) {
                tasks.next().ifPresent(batch -> {
                    assertThat(busy.add(batch.user())).isTrue();
                    assertThat(batch.keys()).hasSizeBetween(1, batchSize);
                    running.add(batch);
                });
            } else if (step == 15) {
                tasks.nextOf("user" + number % 3).ifPresent(batch -> {
                    assertThat(busy).doesNotContain(batch.user());
                    var some = batch.keys().subList(0, batch.keys().size() / 2);
                    settled.computeIfAbsent(batch.user(), u -> new ArrayList<>())
                            .addAll(some);
                    tasks.done(batch.user(), some.size());
                });
            } else if (step == 12) {
                tasks.releaseDue(number);
            } else if (!running.isEmpty()) {
                switch (step) {
                    case 13 -> {
                        busy.remove(running.peek().user());
                        tasks.hold(running.poll().user(), number + 5);
                    }
                    case 14 -> {
                        busy.remove(running.peek().user());
                        tasks.sendBehind(running.poll().user(), number);
                    }
                    default -> settle(tasks, running.poll(), step == 9, busy, settled);
                }
            }
        }
        tasks.releaseDue(Long.MAX_VALUE);
        while (tasks.waiting() > 0 || !running.isEmpty()) {
            tasks.next().ifPresent(batch -> {
                busy.add(batch.user());
                running.add(batch);
            });
            settle(tasks, running.poll(), false, busy, settled);
        }
        assertThat(settled).isEqualTo(added);
    }

    private static void settle(
            TaskScheduler<Integer> tasks,
            TaskScheduler.Batch<Integer> batch,
            boolean putBack,
            HashSet<String> busy,
            HashMap<String, List<Integer>> settled) {
        busy.remove(batch.user());
        if (putBack) {
            tasks.putBack(batch.user(), batch.keys().size() > 1);
        } else {
            settled.computeIfAbsent(batch.user(), u -> new ArrayList<>()).addAll(batch.keys());
            tasks.done(batch.user());
        }
    }
}
