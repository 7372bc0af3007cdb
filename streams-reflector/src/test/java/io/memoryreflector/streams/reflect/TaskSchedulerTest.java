package io.memoryreflector.streams.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Priority;
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

    private final TaskScheduler<Integer> scheduler = new TaskScheduler<>();

    @Test
    void shouldTakeTheOlderUserFirst() {
        scheduler.add("young", 1, Priority.NORMAL, 200);
        scheduler.add("old", 2, Priority.NORMAL, 100);

        assertThat(scheduler.next(10).orElseThrow().user()).isEqualTo("old");
        assertThat(scheduler.next(10).orElseThrow().user()).isEqualTo("young");
        assertThat(scheduler.next(10)).isEmpty();
    }

    @Test
    void shouldLetALowTaskOvertakeUrgentOnesOnceItHasAged() {
        scheduler.add("low", 1, Priority.LOW, 0);
        scheduler.add("soon", 2, Priority.URGENT, 3 * TaskScheduler.PRIORITY_STEP_MS - 1);
        scheduler.add("late", 3, Priority.URGENT, 3 * TaskScheduler.PRIORITY_STEP_MS + 1);

        assertThat(scheduler.next(1).orElseThrow().user()).isEqualTo("soon");
        assertThat(scheduler.next(1).orElseThrow().user()).isEqualTo("low");
        assertThat(scheduler.next(1).orElseThrow().user()).isEqualTo("late");
    }

    @Test
    void shouldRunTasksAloneThatWerePutBackAlone() {
        List.of(1, 2, 3).forEach(key -> scheduler.add("ada", key, Priority.NORMAL, key));
        scheduler.next(10);
        scheduler.putBack("ada", true);

        assertThat(scheduler.next(10).orElseThrow().keys()).containsExactly(1);
        scheduler.done("ada");
        assertThat(scheduler.next(10).orElseThrow().keys()).containsExactly(2);
    }

    @Test
    void shouldHoldAUserBackUntilTheirTimeAndLetOthersGoOn() {
        scheduler.add("ada", 1, Priority.NORMAL, 100);
        scheduler.add("bob", 2, Priority.NORMAL, 200);
        scheduler.next(1);
        scheduler.hold("ada", 1_000);
        scheduler.add("ada", 3, Priority.URGENT, 300);

        scheduler.releaseDue(999);
        assertThat(scheduler.next(10).orElseThrow().user()).isEqualTo("bob");
        assertThat(scheduler.hasNext()).isFalse();
        assertThat(scheduler.waiting()).isEqualTo(2);

        scheduler.releaseDue(1_000);
        assertThat(scheduler.next(10).orElseThrow().keys()).containsExactly(1, 3);
    }

    @Test
    void shouldSendAUserBehindThoseWhoWaitAndForgetItOnceTheyHadTheirTurn() {
        scheduler.add("ada", 1, Priority.NORMAL, 100);
        scheduler.add("ada", 2, Priority.NORMAL, 101);
        scheduler.add("bob", 3, Priority.NORMAL, 200);
        scheduler.next(1);
        scheduler.sendBehind("ada", 300);

        assertThat(scheduler.next(1).orElseThrow().user()).isEqualTo("bob");
        assertThat(scheduler.next(1).orElseThrow().keys()).containsExactly(1);
        scheduler.done("ada");
        scheduler.add("carl", 4, Priority.NORMAL, 200);
        assertThat(scheduler.next(1).orElseThrow().keys()).containsExactly(2);
    }

    /**
     * Whatever the order of arrivals, answers, put-backs and holds: each task runs once, in its user's order, one call a
     * user.
     */
    @Property
    void everyTaskIsSettledOnceInItsUsersOrder(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 14) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int batchSize) {
        var tasks = new TaskScheduler<Integer>();
        var running = new ArrayDeque<TaskScheduler.Batch<Integer>>();
        var busy = new HashSet<String>();
        var settled = new HashMap<String, List<Integer>>();
        var added = new HashMap<String, List<Integer>>();
        var number = 0;
        for (var step : steps) {
            if (step < 6) {
                var user = "user" + step % 3;
                tasks.add(user, number, Priority.values()[step % 4], number);
                added.computeIfAbsent(user, u -> new ArrayList<>()).add(number++);
            } else if (step < 9) {
                tasks.next(batchSize).ifPresent(batch -> {
                    assertThat(busy.add(batch.user())).isTrue();
                    assertThat(batch.keys()).hasSizeBetween(1, batchSize);
                    running.add(batch);
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
            tasks.next(batchSize).ifPresent(batch -> {
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
