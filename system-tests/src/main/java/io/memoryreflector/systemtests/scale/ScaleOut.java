package io.memoryreflector.systemtests.scale;

import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.StubModel;
import io.memoryreflector.systemtests.model.load.CommittedRecords;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.UserOrder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * {@code make scale-out}: measures what one reflector does against a slow model, adds two under load and measures the
 * three, kills one, stops one, and counts what became of every interaction.
 *
 * <p>Settings: see {@link ScalePlan}. Ends with 0 if the goal is reached, 1 if not, 2 for a wrong setting.
 */
final class ScaleOut implements AutoCloseable {

    /** Three instances do at least so many times as much as one. */
    static final double GOAL = 2.7;

    /** Three JVMs on two cores compile for a minute and more. */
    private static final Duration FULL_WITHIN = Duration.ofMinutes(2);

    private static final double FULL = 0.9;
    private static final int FULL_IN_A_ROW = 3;
    private static final Duration A_WHILE = Duration.ofSeconds(5);
    private static final Duration AFTER_A_BREAK = Duration.ofSeconds(3);
    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final Duration ALL_DONE = Duration.ofMinutes(5);

    private final ScalePlan plan;
    private final StubModel stub;
    private final LocalStack stack;
    private final Fleet fleet;
    private final CommittedRecords records;
    private final EventSerdes serdes;
    private final String run = "scale" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private ScaleOut(ScalePlan plan, StubModel stub, LocalStack stack) {
        this.plan = plan;
        this.stub = stub;
        this.stack = stack;
        this.fleet = new Fleet(stack);
        this.serdes = EventSerdes.of(stack.schemaRegistryUrl());
        this.records = new CommittedRecords(stack.kafkaBootstrapServers(), serdes);
    }

    public static void main(String[] args) throws Exception {
        try {
            var plan = ScalePlan.from(Environment.ofProcess());
            System.out.printf(
                    "WORKERS=%d LATENCY_MS=%d; starting the servers ...%n",
                    plan.workers(), plan.latency().toMillis());
            try (var scaleOut = start(plan, LocalStack::startLongLived)) {
                var result = scaleOut.run();
                System.out.println(result);
                System.exit(result.isGood() ? 0 : 1);
            }
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** @param servers how they are started */
    static ScaleOut start(ScalePlan plan, BiFunction<EnumSet<Part>, Map<String, String>, LocalStack> servers)
            throws Exception {
        var stub = StubModel.start(0, Behaviour.well(plan.latency()));
        try {
            var settings = Map.of(
                    "OPENAI_BASE_URL", stub.baseUrl().toString(),
                    "OPENAI_MODEL", "stub",
                    "OPENAI_EMBEDDING_MODEL", "stub",
                    "REFLECTOR_STANDBYS", "1",
                    "REFLECTION_WORKERS", Integer.toString(plan.workers()),
                    "REFLECTION_BATCH_SIZE", "1");
            return new ScaleOut(plan, stub, servers.apply(EnumSet.of(Part.KAFKA, Part.REGISTRY), settings));
        } catch (RuntimeException e) {
            stub.close();
            throw e;
        }
    }

    /**
     * What was measured and counted.
     *
     * @param alone reflections a second of one reflector
     * @param together of three
     * @param interactions that were handed over
     * @param completed of them, as their statuses say
     * @param memories in the three tiers
     */
    record Result(double alone, double together, int interactions, int completed, UserOrder.Result memories) {

        double ratio() {
            return together / alone;
        }

        boolean isWhole() {
            return completed == interactions
                    && memories.equals(new UserOrder.Result((long) interactions * ScalePlan.TIERS, 0, 0));
        }

        boolean isGood() {
            return ratio() >= GOAL && isWhole();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "one reflector %.1f reflections/s, three %.1f: %.2f times as much%n"
                            + "%d interactions, %d completed; %d memories, %d out of order, %d twice",
                    alone,
                    together,
                    ratio(),
                    interactions,
                    completed,
                    memories.memories(),
                    memories.outOfOrder(),
                    memories.twice());
        }
    }

    Result run() throws InterruptedException {
        fleet.start("a");
        feed();
        var alone = rate(1);
        fleet.start("b");
        fleet.start("c");
        var together = rate(ScalePlan.INSTANCES);
        fleet.kill("b");
        TimeUnit.MILLISECONDS.sleep(AFTER_A_BREAK.toMillis());
        fleet.stop("c");
        TimeUnit.MILLISECONDS.sleep(AFTER_A_BREAK.toMillis());
        // What is left needs no more time than the rest of the test.
        stub.behave(Behaviour.well(AT_ONCE));
        var completed = awaitCompleted();
        return new Result(alone, together, plan.interactions(), completed, new UserOrder(records, run).check());
    }

    private void feed() {
        var users = EvenUsers.of(run, Topics.DEFAULT_PARTITIONS, plan.usersInEach(Topics.DEFAULT_PARTITIONS));
        try (var feed = new Feed(stack.kafkaBootstrapServers(), serdes)) {
            feed.send(
                    () -> IntStream.range(0, plan.interactions())
                            .mapToObj(number -> Feed.sample(run, number, users.user(number), Priority.NORMAL))
                            .iterator(),
                    sent -> {});
        }
    }

    /** Waits until they are warm and have their share of the work, then counts. */
    private double rate(int instances) throws InterruptedException {
        var full = FULL * instances * plan.ideal();
        var deadline = System.nanoTime() + FULL_WITHIN.toNanos();
        // What they cannot reach in this time is part of the answer.
        for (int inARow = 0; inARow < FULL_IN_A_ROW && System.nanoTime() < deadline; ) {
            inARow = rateOver(A_WHILE) >= full ? inARow + 1 : 0;
        }
        var rate = rateOver(plan.measured());
        if (fleet.pending() < instances * plan.workers()) {
            throw new IllegalStateException("the work ran out while " + instances + " were measured");
        }
        return rate;
    }

    private double rateOver(Duration time) throws InterruptedException {
        var before = fleet.completed();
        var begun = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        return (fleet.completed() - before) / ((System.nanoTime() - begun) / 1e9);
    }

    private int awaitCompleted() throws InterruptedException {
        var deadline = System.nanoTime() + ALL_DONE.toNanos();
        while (true) {
            var completed = new HashSet<String>();
            records.<ReflectionStatus>read(Topics.REFLECTIONS, record -> {
                if (record.value().getState() == ReflectionState.COMPLETED) {
                    completed.add(record.key());
                }
            });
            if (completed.size() >= plan.interactions() || System.nanoTime() > deadline) {
                return completed.size();
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        stack.close();
        stub.close();
    }
}
