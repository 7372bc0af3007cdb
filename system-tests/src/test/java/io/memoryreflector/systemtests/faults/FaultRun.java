package io.memoryreflector.systemtests.faults;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.RedisConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;

/** Feeds a stack that is up, breaks it by plan, waits until all is quiet and passes the verdict. For one run. */
final class FaultRun {

    private static final Duration STORE_CALL = Duration.ofSeconds(30);
    private static final long WINDOW = 20_000;
    private static final int LARGEST_UNIT = 250;
    private static final int POISONS = 10;
    private static final long LOOK_MS = 200;

    /** Longer than a sink's commit interval, 2 s. */
    private static final Duration CALM = Duration.ofSeconds(6);

    private static final long MARKERS = 200;
    private static final long WRITERS_END_MIN = 15;

    private final LocalStack stack;
    private final Plan plan;
    private final ObjLongConsumer<String> progress;
    private final EventSerdes serdes;
    private final Ledger ledger;
    private final List<Callable<Void>> writers = new ArrayList<>();
    private final List<Verdict.Recovery> recoveries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param progress hears what is being done and how many interactions are done with */
    FaultRun(LocalStack stack, Plan plan, ObjLongConsumer<String> progress) {
        this.stack = stack;
        this.plan = plan;
        this.progress = progress;
        this.serdes = EventSerdes.of(stack.schemaRegistryUrl());
        this.ledger = new Ledger(plan.name());
    }

    Verdict run() throws IOException, InterruptedException {
        var ingest = URI.create(stack.ingestUrl());
        var pool = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "writer");
            thread.setDaemon(true);
            return thread;
        });
        try (var proxy = new CuttingProxy(ingest.getHost(), ingest.getPort());
                var poison = new Poison(stack.kafkaBootstrapServers(), plan.name());
                var backlog = new Backlog(stack.kafkaBootstrapServers());
                var neo4j = Neo4jConnection.open(stack.neo4jUrl(), "neo4j", "", STORE_CALL);
                var redis = RedisConnection.open(URI.create(stack.redisUrl()), STORE_CALL)) {
            var rest = new RestClient(URI.create("http://" + ingest.getHost() + ":" + proxy.port()));
            var direct = new RestClient(ingest);
            var probes = ledger.add(plan.faults().size(), 1, 1);
            var lines = addLines();
            try (var follower = new Follower(stack.kafkaBootstrapServers(), serdes, ledger);
                    var early = new EarlyStatus(direct, new LongTermMemory(neo4j, STORE_CALL), ledger)) {
                var gate = new Gate(WINDOW, follower::done);
                addWriters(lines, new Writers(rest, stack.kafkaBootstrapServers(), serdes, ledger, gate), gate);
                var begun = System.nanoTime();
                var running = start(pool);
                var injector = new Injector(stack, proxy);
                breakIt(injector, new Probe(rest, ledger, probes), gate, follower, poison, begun);
                var fed = end(running, gate, follower, begun);
                injector.revive("the last fault");
                settle(follower, backlog);
                var settled = Duration.ofNanos(System.nanoTime() - begun);
                notes.addAll(injector.notes());
                progress.accept("comparing", follower.done());
                var result = new Audit(stack.kafkaBootstrapServers(), serdes, ledger, poison, plan.behaviour())
                        .run(neo4j, redis, direct, early.early());
                return new Verdict(plan, ledger.acknowledged(), result, recoveries, fed, settled, notes);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Lines by the writer that sends them. */
    private record Lines(
            List<Line> produced, List<Line> batched, List<Line> posted, List<Line> ten, List<Line> hundred) {}

    private Lines addLines() {
        var total = plan.interactions();
        var unit = Math.max(
                5, Math.min(LARGEST_UNIT, total / 10 / Math.max(1, plan.faults().size())));
        var ten = lines(10, Math.max(20, total / 100), 0, 1);
        var hundred = total < 1_000 ? List.<Line>of() : lines(100, Math.max(100, total / 100), 0, 1);
        var posted = lines(4, total * 6 / 100, 4, 1);
        var left = total - plan.faults().size() - size(ten) - size(hundred) - size(posted);
        var users = Math.max(2, total / 1_000);
        return new Lines(
                lines(3, left * 7 / 10, users, unit), lines(3, left * 3 / 10, users, unit), posted, ten, hundred);
    }

    private List<Line> lines(int writers, int interactions, int users, int unit) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < writers; i++) {
            lines.add(ledger.add(interactions / writers, users, unit));
        }
        return lines;
    }

    private static int size(List<Line> lines) {
        return lines.stream().mapToInt(Line::count).sum();
    }

    private void addWriters(Lines lines, Writers ways, Gate gate) {
        lines.produced().forEach(line -> writer(() -> ways.produce(line)));
        lines.batched().forEach(line -> writer(() -> ways.postBatches(line)));
        lines.posted().forEach(line -> writer(() -> ways.post(line)));
        lines.ten().forEach(line -> writer(() -> ways.post(line)));
        // The hundred come together, in the middle.
        lines.hundred()
                .forEach(line -> writer(() -> {
                    while (ledger.acknowledged() < plan.interactions() / 2 && !gate.isClosed()) {
                        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                    }
                    ways.post(line);
                }));
    }

    private interface Sending {
        void run() throws InterruptedException;
    }

    private void writer(Sending sending) {
        writers.add(() -> {
            sending.run();
            return null;
        });
    }

    private List<Future<Void>> start(ExecutorService pool) {
        return writers.stream().map(pool::submit).toList();
    }

    private void breakIt(Injector injector, Probe probe, Gate gate, Follower follower, Poison poison, long begun)
            throws InterruptedException {
        var faults = plan.faults();
        var total = (long) plan.interactions();
        for (int i = 0; i < faults.size() && !isOver(begun); i++) {
            // Half of its share of the interactions comes before the fault, half while it holds and after.
            gate.open(total * (i + 1) / faults.size());
            awaitAcknowledged(total * (2L * i + 1) / (2L * faults.size()), begun, follower, "feeding");
            poison(poison, i);
            var fault = faults.get(i);
            progress.accept((i + 1) + "/" + faults.size() + " " + fault, follower.done());
            var ended = injector.inject(fault);
            var passed = probe.passes(i);
            recoveries.add(new Verdict.Recovery(
                    fault, passed ? Optional.of(Duration.ofNanos(System.nanoTime() - ended)) : Optional.empty()));
            injector.revive(fault.toString());
        }
        if (faults.isEmpty()) {
            poison(poison, 0);
        }
        gate.open(Long.MAX_VALUE);
    }

    /** A lane's bytes every second time. */
    private void poison(Poison poison, int fault) throws InterruptedException {
        if (poison.sent().size() < POISONS) {
            poison.send(fault % 2 == 0 ? Topics.INTERACTIONS : Topics.TASKS_SEMANTIC);
        }
    }

    private void awaitAcknowledged(long threshold, long begun, Follower follower, String doing)
            throws InterruptedException {
        while (ledger.acknowledged() < threshold && !isOver(begun)) {
            progress.accept(doing, follower.done());
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private boolean isOver(long begun) {
        return System.nanoTime() - begun > plan.longest().toNanos();
    }

    private Duration end(List<Future<Void>> running, Gate gate, Follower follower, long begun)
            throws InterruptedException {
        while (running.stream().anyMatch(writer -> !writer.isDone())) {
            if (isOver(begun)) {
                gate.close();
            }
            progress.accept("feeding", follower.done());
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            if (System.nanoTime() - begun
                    > plan.longest().plusMinutes(WRITERS_END_MIN).toNanos()) {
                throw new IllegalStateException("the writers do not come to their end");
            }
        }
        for (var writer : running) {
            try {
                writer.get(1, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("a writer failed", e);
            }
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Until all are done and the sinks have caught up, or nothing has moved for as long as patience lasts. */
    private void settle(Follower follower, Backlog backlog) throws InterruptedException {
        var moved = System.nanoTime();
        Map<String, Long> before = Map.of();
        var doneBefore = -1L;
        while (System.nanoTime() - moved < plan.patience().toNanos()) {
            var now = backlog.byGroup();
            var done = follower.done();
            progress.accept("settling " + now.values(), done);
            if (!now.equals(before) || done != doneBefore) {
                moved = System.nanoTime();
            }
            if (done >= ledger.acknowledged() && isCalm(now) && System.nanoTime() - moved > CALM.toNanos()) {
                return;
            }
            before = now;
            doneBefore = done;
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        notes.add("not settled: " + follower.done() + " of " + ledger.acknowledged() + " done, backlog " + before);
    }

    /** A sink does not commit past the last markers of transactions, so its backlog need not come to nothing. */
    private static boolean isCalm(Map<String, Long> backlog) {
        return backlog.values().stream().allMatch(lag -> lag >= 0 && lag < MARKERS);
    }
}
