package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Says which tasks run next: at most one batch per user at a time, users by priority and age.
 *
 * <p>A user's rank is the age of their oldest task, made older by a fixed time for each step of the highest priority
 * that waits. The rank does not change as time passes, yet a LOW task outranks every URGENT one that comes more than
 * three steps after it: that is the ageing, and nobody starves.
 *
 * <p>Pure bookkeeping over keys of type {@code K}: knows no Kafka, no clock and no thread. Not thread-safe.
 */
public final class TaskScheduler<K> {

    /** How much older one step of priority makes a task, in milliseconds. */
    static final long PRIORITY_STEP_MS = 30_000;

    private static final long NOT_HELD = -1;

    /** One task that waits; {@code alone} keeps it out of batches with others. */
    record Waiting<K>(K key, Priority priority, long since, boolean alone) {}

    /** A user's next tasks, oldest first. */
    public record Batch<K>(String user, List<K> keys) {}

    private final Map<String, Lane<K>> lanes = new HashMap<>();
    private final TreeSet<Lane<K>> ready =
            new TreeSet<>(Comparator.<Lane<K>>comparingLong(lane -> lane.rank).thenComparing(lane -> lane.user));
    private final TreeSet<Lane<K>> held = new TreeSet<>(
            Comparator.<Lane<K>>comparingLong(lane -> lane.heldUntil).thenComparing(lane -> lane.user));
    private int waiting;

    /**
     * Adds a task behind the user's others.
     *
     * @param since when the task began to wait, in milliseconds; not before the user's other tasks
     */
    public void add(String user, K key, Priority priority, long since) {
        var lane = lanes.computeIfAbsent(user, Lane::new);
        reorder(lane, () -> lane.addLast(new Waiting<>(key, priority, since, false)));
        waiting++;
    }

    /** Takes the next batch of at most {@code maxSize} tasks and holds its user back until {@link #done}. */
    public Optional<Batch<K>> next(int maxSize) {
        var lane = ready.pollFirst();
        if (lane == null) {
            return Optional.empty();
        }
        lane.running = lane.takeBatch(maxSize);
        waiting -= lane.running.size();
        return Optional.of(
                new Batch<>(lane.user, lane.running.stream().map(Waiting::key).toList()));
    }

    /** The user's batch is settled; the next one may run. */
    public void done(String user) {
        var lane = lanes.get(user);
        lane.running = null;
        lane.sentBehind = Long.MIN_VALUE;
        insert(lane);
    }

    /**
     * The user's batch failed as a whole: its tasks go back to where they were.
     *
     * @param alone whether each of them runs by itself from now on, to find the one that is to blame
     */
    public void putBack(String user, boolean alone) {
        done(takeBack(user, alone).user);
    }

    /**
     * The user's batch met a provider that is down: its tasks go back, and the user goes behind those who have waited
     * up to now, so that the next trial is somebody else's.
     */
    public void sendBehind(String user, long now) {
        var lane = takeBack(user, false);
        lane.running = null;
        lane.sentBehind = now;
        insert(lane);
    }

    /** Nothing of the user runs before this time; a batch that is running goes back to where it was. */
    public void hold(String user, long until) {
        var lane = lanes.get(user);
        if (lane.running != null) {
            takeBack(user, false);
            lane.running = null;
        }
        ready.remove(lane);
        held.remove(lane);
        lane.heldUntil = until;
        held.add(lane);
    }

    /** Lets those users run again whose time has come. */
    public void releaseDue(long now) {
        while (!held.isEmpty() && held.first().heldUntil <= now) {
            release(held.first().user);
        }
    }

    /** Lets a user run again before their time. */
    public void release(String user) {
        var lane = lanes.get(user);
        if (lane != null && held.remove(lane)) {
            lane.heldUntil = NOT_HELD;
            insert(lane);
        }
    }

    /** Whether {@link #next} has something. */
    public boolean hasNext() {
        return !ready.isEmpty();
    }

    /** Whether the user has no task here, waiting or running. */
    public boolean isFree(String user) {
        return !lanes.containsKey(user);
    }

    /** Tasks that wait and are not running. */
    public int waiting() {
        return waiting;
    }

    /** Since when the oldest task waits, running ones not counted; a walk over the users that have tasks. */
    public OptionalLong oldest() {
        return lanes.values().stream()
                .filter(lane -> !lane.tasks.isEmpty())
                .mapToLong(lane -> lane.tasks.getFirst().since)
                .min();
    }

    private void reorder(Lane<K> lane, Runnable change) {
        ready.remove(lane);
        change.run();
        insert(lane);
    }

    private void insert(Lane<K> lane) {
        if (lane.running != null || lane.heldUntil != NOT_HELD) {
            return;
        }
        if (lane.tasks.isEmpty()) {
            lanes.remove(lane.user);
        } else {
            lane.rank();
            ready.add(lane);
        }
    }

    private Lane<K> takeBack(String user, boolean alone) {
        var lane = lanes.get(user);
        for (int i = lane.running.size() - 1; i >= 0; i--) {
            var task = lane.running.get(i);
            lane.addFirst(new Waiting<>(task.key, task.priority, task.since, task.alone || alone));
        }
        waiting += lane.running.size();
        return lane;
    }

    private static final class Lane<K> {
        final String user;
        final ArrayDeque<Waiting<K>> tasks = new ArrayDeque<>();
        final int[] byPriority = new int[Priority.values().length];
        List<Waiting<K>> running;
        long rank;
        long heldUntil = NOT_HELD;
        long sentBehind = Long.MIN_VALUE;

        Lane(String user) {
            this.user = user;
        }

        void addLast(Waiting<K> task) {
            tasks.addLast(task);
            byPriority[task.priority.ordinal()]++;
        }

        void addFirst(Waiting<K> task) {
            tasks.addFirst(task);
            byPriority[task.priority.ordinal()]++;
        }

        List<Waiting<K>> takeBatch(int maxSize) {
            var batch = new ArrayList<Waiting<K>>();
            while (batch.size() < maxSize && !tasks.isEmpty()) {
                if (tasks.getFirst().alone && !batch.isEmpty()) {
                    break;
                }
                var task = tasks.removeFirst();
                byPriority[task.priority.ordinal()]--;
                batch.add(task);
                if (task.alone) {
                    break;
                }
            }
            return batch;
        }

        void rank() {
            var highest = 0;
            for (int i = 0; i < byPriority.length; i++) {
                if (byPriority[i] > 0) {
                    highest = i;
                }
            }
            rank = Math.max(tasks.getFirst().since, sentBehind) - highest * PRIORITY_STEP_MS;
        }
    }
}
