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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Says which tasks run next: at most one batch per user at a time, users by priority and then by age.
 *
 * <p>Whoever has a task of the highest priority that waits comes first, however many others have waited for longer. Once
 * a few picks in a row have passed over the user who has waited longest, that user is next: that is the ageing, and
 * nobody starves.
 *
 * <p>Where calls are worth waiting for company, a user's tasks linger until a batch is full, the oldest has waited long
 * enough or one of them is in a hurry.
 *
 * <p>Pure bookkeeping over keys of type {@code K}: knows no Kafka, no clock and no thread. Not thread-safe.
 */
public final class TaskScheduler<K> {

    /** So many picks in a row may pass over the user who has waited longest. */
    static final int PASSES = 7;

    private static final long NOT_HELD = -1;

    /** One task that waits; {@code alone} keeps it out of batches with others. */
    record Waiting<K>(K key, Priority priority, long since, int tokens, boolean alone) {}

    /**
     * A user's next tasks, oldest first.
     *
     * @param tokens that a model will read of them, about
     */
    public record Batch<K>(String user, List<K> keys, int tokens) {}

    private static final Comparator<Lane<?>> BY_AGE =
            Comparator.<Lane<?>>comparingLong(lane -> lane.age).thenComparing(lane -> lane.user);

    private final Batching batching;
    private final Map<String, Lane<K>> lanes = new HashMap<>();
    private final TreeSet<Lane<K>> ready =
            new TreeSet<>(Comparator.<Lane<?>>comparingInt(lane -> -lane.rank).thenComparing(BY_AGE));
    private final TreeSet<Lane<K>> readyByAge = new TreeSet<>(BY_AGE);
    private final TreeSet<Lane<K>> held = byTime(lane -> lane.heldUntil);
    private final TreeSet<Lane<K>> lingering = byTime(lane -> lane.lingersUntil);
    private int waiting;
    private int passes;
    private long now = Long.MIN_VALUE;

    /** @param batching of a user's tasks */
    public TaskScheduler(Batching batching) {
        this.batching = batching;
    }

    private static <K> TreeSet<Lane<K>> byTime(ToLongFunction<Lane<K>> time) {
        return new TreeSet<>(Comparator.comparingLong(time).thenComparing(lane -> lane.user));
    }

    /**
     * Adds a task behind the user's others.
     *
     * @param since when the task began to wait, in milliseconds; not before the user's other tasks
     * @param tokens that a model will read of it, about
     */
    public void add(String user, K key, Priority priority, long since, int tokens) {
        var lane = lanes.computeIfAbsent(user, Lane::new);
        var task = new Waiting<>(key, priority, since, tokens, false);
        waiting++;
        // A long queue is built task by task after a restart: most of them change nothing of their user's place.
        if (lane.isReady && !lane.risesBy(priority)) {
            lane.addLast(task);
            return;
        }
        remove(lane);
        lane.addLast(task);
        insert(lane);
    }

    /** Takes the next batch and holds its user back until {@link #done}. */
    public Optional<Batch<K>> next() {
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        var oldest = readyByAge.first();
        var lane = passes < PASSES ? ready.first() : oldest;
        passes = lane == oldest ? 0 : passes + 1;
        return Optional.of(take(lane));
    }

    /** Takes the next batch if there is an urgent task in its user's queue, as {@link #hasUrgent} says. */
    public Optional<Batch<K>> nextUrgent() {
        return hasUrgent() ? Optional.of(take(ready.first())) : Optional.empty();
    }

    /** Takes the user's next batch though it may linger; empty if the user is held or has none that waits. */
    public Optional<Batch<K>> nextOf(String user) {
        var lane = lanes.get(user);
        return lane == null || lane.running != null || lane.heldUntil != NOT_HELD
                ? Optional.empty()
                : Optional.of(take(lane));
    }

    private Batch<K> take(Lane<K> lane) {
        remove(lane);
        lane.running = lane.takeBatch(batching);
        waiting -= lane.running.size();
        return new Batch<>(
                lane.user,
                lane.running.stream().map(Waiting::key).toList(),
                lane.running.stream().mapToInt(Waiting::tokens).sum());
    }

    /** The user's batch is settled; the next one may run. */
    public void done(String user) {
        var lane = lanes.get(user);
        lane.running = null;
        lane.sentBehind = Long.MIN_VALUE;
        insert(lane);
    }

    /** The first of the user's batch are settled, the others go back to where they were. */
    public void done(String user, int settled) {
        var lane = lanes.get(user);
        lane.running = lane.running.subList(settled, lane.running.size());
        putBack(user, false);
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
     * up to now, whatever their priority, so that the next trial is somebody else's.
     */
    public void sendBehind(String user, long now) {
        var lane = takeBack(user, false);
        lane.running = null;
        lane.sentBehind = now;
        insert(lane);
    }

    /**
     * Takes tasks of a user out, running ones too: they do not go back to where they were. A user whose first task is
     * gone is not held for its sake.
     */
    public void remove(String user, Set<K> keys) {
        var lane = lanes.get(user);
        if (lane == null) {
            return;
        }
        var first = lane.tasks.peekFirst();
        remove(lane);
        waiting -= lane.removeAll(keys);
        if (lane.running != null) {
            lane.running = lane.running.stream()
                    .filter(task -> !keys.contains(task.key))
                    .toList();
        }
        insert(lane);
        if (lane.tasks.peekFirst() != first) {
            release(user);
        }
    }

    /** Nothing of the user runs before this time; a batch that is running goes back to where it was. */
    public void hold(String user, long until) {
        var lane = lanes.get(user);
        if (lane.running != null) {
            takeBack(user, false);
            lane.running = null;
        }
        remove(lane);
        held.remove(lane);
        lane.heldUntil = until;
        held.add(lane);
    }

    /** Lets those users run again whose time has come. */
    public void releaseDue(long now) {
        this.now = now;
        while (!held.isEmpty() && held.first().heldUntil <= now) {
            release(held.first().user);
        }
        while (!lingering.isEmpty() && lingering.first().lingersUntil <= now) {
            insert(lingering.pollFirst());
        }
    }

    /** Lets a held user run again before their time. */
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

    /** Whether {@link #nextUrgent} has something. */
    public boolean hasUrgent() {
        return !ready.isEmpty() && ready.first().rank == Priority.URGENT.ordinal();
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

    private void insert(Lane<K> lane) {
        if (lane.running != null || lane.heldUntil != NOT_HELD) {
            return;
        }
        if (lane.tasks.isEmpty()) {
            lanes.remove(lane.user);
        } else if (lane.lingers(batching, now)) {
            lingering.add(lane);
        } else {
            lane.rank();
            lane.isReady = true;
            ready.add(lane);
            readyByAge.add(lane);
        }
    }

    /** Out of those that may run or linger; who is held stays held. */
    private void remove(Lane<K> lane) {
        if (lane.isReady) {
            lane.isReady = false;
            ready.remove(lane);
            readyByAge.remove(lane);
        } else {
            lingering.remove(lane);
        }
    }

    private Lane<K> takeBack(String user, boolean alone) {
        var lane = lanes.get(user);
        for (int i = lane.running.size() - 1; i >= 0; i--) {
            var task = lane.running.get(i);
            lane.addFirst(new Waiting<>(task.key, task.priority, task.since, task.tokens, task.alone || alone));
        }
        waiting += lane.running.size();
        return lane;
    }

    private static final class Lane<K> {
        final String user;
        final ArrayDeque<Waiting<K>> tasks = new ArrayDeque<>();
        final int[] byPriority = new int[Priority.values().length];
        List<Waiting<K>> running;

        /** Whether it is among those that may run, at the place that its rank and age give it. */
        boolean isReady;

        int rank;
        long age;
        long tokens;
        long heldUntil = NOT_HELD;
        long lingersUntil;
        long sentBehind = Long.MIN_VALUE;

        Lane(String user) {
            this.user = user;
        }

        void addLast(Waiting<K> task) {
            tasks.addLast(task);
            count(task, 1);
        }

        void addFirst(Waiting<K> task) {
            tasks.addFirst(task);
            count(task, 1);
        }

        int removeAll(Set<K> keys) {
            var before = tasks.size();
            tasks.removeIf(task -> {
                var gone = keys.contains(task.key);
                if (gone) {
                    count(task, -1);
                }
                return gone;
            });
            return before - tasks.size();
        }

        private void count(Waiting<K> task, int one) {
            byPriority[task.priority.ordinal()] += one;
            tokens += (long) one * task.tokens;
        }

        /** At least one task, however large it is. */
        List<Waiting<K>> takeBatch(Batching batching) {
            var batch = new ArrayList<Waiting<K>>();
            var taken = 0L;
            while (!tasks.isEmpty() && batch.size() < batching.tasks()) {
                var task = tasks.getFirst();
                if (!batch.isEmpty() && (task.alone || taken + task.tokens > batching.tokens())) {
                    break;
                }
                tasks.removeFirst();
                count(task, -1);
                batch.add(task);
                taken += task.tokens;
                if (task.alone) {
                    break;
                }
            }
            return batch;
        }

        boolean lingers(Batching batching, long now) {
            lingersUntil = tasks.getFirst().since + batching.linger().toMillis();
            if (batching.linger().isZero() || lingersUntil <= now) {
                return false;
            }
            var isFull = tasks.size() >= batching.tasks() || tokens >= batching.tokens();
            return batching.waitsForOthers() || !isFull && highest() < Priority.HIGH.ordinal();
        }

        void rank() {
            rank = sentBehind == Long.MIN_VALUE ? highest() : Priority.LOW.ordinal();
            age = Math.max(tasks.getFirst().since, sentBehind);
        }

        /** Whether one more task behind the others changes the rank; the age is that of the first. */
        boolean risesBy(Priority priority) {
            return sentBehind == Long.MIN_VALUE && priority.ordinal() > rank;
        }

        private int highest() {
            var highest = byPriority.length - 1;
            while (highest > 0 && byPriority[highest] == 0) {
                highest--;
            }
            return highest;
        }
    }
}
