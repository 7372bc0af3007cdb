package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.events.Priority;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.systemtests.model.Behaviour;
import io.memoryreflector.systemtests.model.StubModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;

/**
 * {@code make model-load}: a backlog of many users against a model whose calls take a second each. Measures completed
 * reflections a second in steady state, checks that each user's order held, and measures beside it, in the same run, a
 * consumer that waits for each call. With {@code BACKLOG} it measures instead how long urgent interactions take while so
 * many tasks of low priority wait.
 *
 * <p>Settings: see {@link LoadPlan}. Ends with 0 if the goal is reached, 1 if not, 2 for a wrong setting.
 */
public final class ModelLoad {

    private static final double GOAL = 0.95;
    private static final int URGENT = 10;

    /** Intake, the commits between the topics, and an answer's way back. */
    private static final Duration BESIDE_THE_CALL = Duration.ofSeconds(2);

    private static final Duration ALL_DONE = Duration.ofMinutes(10);
    private static final Duration ALL_WAITING = Duration.ofMinutes(10);

    private final LoadPlan plan;
    private final LocalStack stack;
    private final StubModel stub;
    private final ReflectorMetrics metrics;
    private final EventSerdes serdes;
    private final String run = "load" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private ModelLoad(LoadPlan plan, LocalStack stack, StubModel stub) {
        this.plan = plan;
        this.stack = stack;
        this.stub = stub;
        this.metrics = new ReflectorMetrics(stack.reflectorUrl());
        this.serdes = EventSerdes.of(stack.schemaRegistryUrl());
    }

    public static void main(String[] args) throws Exception {
        try {
            System.exit(run(LoadPlan.from(Environment.ofProcess())) ? 0 : 1);
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(LoadPlan plan) throws Exception {
        System.out.printf(
                "WORKERS=%d LATENCY_MS=%d; starting the servers ...%n",
                plan.workers(), plan.latency().toMillis());
        try (var stub = StubModel.start(0, Behaviour.well(plan.latency()));
                var stack = LocalStack.startLongLived(parts(plan), settings(plan, stub))) {
            var load = new ModelLoad(plan, stack, stub);
            return plan.backlog() > 0 ? load.measureUrgent() : load.measureRate();
        }
    }

    private static Set<Part> parts(LoadPlan plan) {
        return plan.wholeStack() ? Part.whole() : EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REFLECTOR);
    }

    private static Map<String, String> settings(LoadPlan plan, StubModel stub) {
        return Map.of(
                // What a call holds lives as long as the call: a young generation that is full sooner copies it each
                // time.
                "JDK_JAVA_OPTIONS", "-Xmn512m",
                "OPENAI_BASE_URL", stub.baseUrl().toString(),
                "OPENAI_MODEL", "stub",
                "OPENAI_EMBEDDING_MODEL", "stub",
                "REFLECTION_WORKERS", Integer.toString(plan.workers()),
                "REFLECTION_BATCH_SIZE", "1");
    }

    private boolean measureRate() throws Exception {
        feed(Priority.NORMAL);
        var steady = new SteadyState(metrics, plan).measure();
        awaitAll();
        var order = new UserOrder(new CommittedRecords(stack.kafkaBootstrapServers(), serdes), run).check();
        var asked = stub.log().chats();
        var sequential = sequential();
        System.out.println(table(steady, sequential));
        var tasks = (long) plan.interactions() * LoadPlan.TIERS;
        System.out.printf(
                Locale.ROOT,
                "%d interactions of %d users, %d calls for %d tasks; ramp %.1f s; %.1f/s while the JVM warmed up; "
                        + "slowest fifteen seconds %.1f/s; on average %.0f calls in flight%n",
                plan.interactions(),
                plan.users(),
                asked,
                tasks,
                steady.ramp().toMillis() / 1e3,
                steady.warmingUp(),
                steady.slowest(),
                steady.inFlight());
        System.out.printf(
                "order of %d memories: %d out of order, %d twice%n",
                order.memories(), order.outOfOrder(), order.twice());
        return steady.rate() >= GOAL * plan.ideal()
                && order.outOfOrder() == 0
                && order.twice() == 0
                && order.memories() == tasks
                && asked == tasks;
    }

    private String table(SteadyState.Result steady, double sequential) {
        return String.format(
                Locale.ROOT,
                """

                %-44s %14s %10s
                %-44s %14.1f %9.1f%%
                %-44s %14.1f %9.1f%%
                %-44s %14.1f %9.1f%%
                """,
                "",
                "reflections/s",
                "of ideal",
                "ideal: " + plan.workers() + " calls of " + plan.latency().toMillis() + " ms",
                plan.ideal(),
                100.0,
                "Memory Reflector, " + plan.workers() + " workers",
                steady.rate(),
                100 * steady.rate() / plan.ideal(),
                "sequential consumer, " + SequentialConsumer.WORKERS + " workers",
                sequential,
                100 * sequential / plan.ideal());
    }

    private double sequential() throws Exception {
        if (plan.sequential().isZero()) {
            return 0;
        }
        var consumer = new SequentialConsumer(stack.kafkaBootstrapServers(), serdes, stub.baseUrl());
        try (var bar =
                new ProgressBar("sequential consumer, s", plan.sequential().toSeconds())) {
            return consumer.run(plan.sequential(), bar::step);
        }
    }

    private boolean measureUrgent() throws Exception {
        feed(Priority.LOW);
        var waiting = awaitWaiting();
        var times = new ArrayList<Duration>();
        try (var feed = new Feed(stack.kafkaBootstrapServers(), serdes)) {
            times.addAll(new UrgentAmidBacklog(stack.kafkaBootstrapServers(), serdes).measure(feed, run, URGENT));
        }
        times.sort(Comparator.naturalOrder());
        var longest = times.get(times.size() - 1);
        System.out.printf(
                Locale.ROOT,
                "%n%d tasks of low priority waited; %d urgent interactions, one after the other, from write to "
                        + "completed: median %d ms, longest %d ms; one call takes %d ms%n",
                waiting,
                times.size(),
                times.get(times.size() / 2).toMillis(),
                longest.toMillis(),
                plan.latency().toMillis());
        return waiting >= plan.backlog() && longest.compareTo(plan.latency().plus(BESIDE_THE_CALL)) <= 0;
    }

    private void feed(Priority priority) {
        try (var feed = new Feed(stack.kafkaBootstrapServers(), serdes);
                var bar = new ProgressBar("written", plan.interactions())) {
            feed.send(
                    () -> IntStream.range(0, plan.interactions())
                            .mapToObj(number -> Feed.sample(run, number, plan.users(), priority))
                            .iterator(),
                    bar::stepTo);
        }
    }

    /** Waits until all tasks are accepted by their lanes; returns how many of them wait then. */
    private long awaitWaiting() throws InterruptedException {
        var tasks = (long) plan.interactions() * LoadPlan.TIERS;
        var deadline = System.nanoTime() + ALL_WAITING.toNanos();
        try (var bar = new ProgressBar("accepted", tasks)) {
            while (true) {
                var sample = metrics.read();
                var waiting = (long) sample.sum("reflector_pending");
                var accepted = waiting + (long) sample.sum("reflector_reflections_total");
                bar.stepTo(accepted);
                if (accepted >= tasks) {
                    return waiting;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "only " + accepted + " of " + tasks + " tasks are accepted after " + ALL_WAITING);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    private void awaitAll() throws InterruptedException {
        var tasks = (long) plan.interactions() * LoadPlan.TIERS;
        var deadline = System.nanoTime() + ALL_DONE.toNanos();
        try (var bar = new ProgressBar("reflected", tasks)) {
            while (true) {
                var done = (long) metrics.read().sum("reflector_reflections_total");
                bar.stepTo(done);
                if (done >= tasks) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "only " + done + " of " + tasks + " are reflected after " + ALL_DONE);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }
}
