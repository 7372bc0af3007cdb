package io.memoryreflector.systemtests.scale;

import io.memoryreflector.events.Interaction;
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
import io.memoryreflector.systemtests.model.load.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * {@code make standby-recovery}: a million tasks wait in the pending stores of two reflectors, one is killed. Measures
 * from the kill until the other one holds all tasks, and until an urgent interaction of each partition that was the dead
 * one's is reflected: it was written at the moment of the kill, so it passes the intake, the lanes and the status, each
 * of which may have been the dead one's.
 *
 * <p>Settings: see {@link RecoveryPlan}. Ends with 0 if the goal is reached, 1 if not, 2 for a wrong setting.
 */
public final class StandbyRecovery {

    private static final Duration GOAL = Duration.ofSeconds(10);
    private static final Duration ALL_WAITING = Duration.ofMinutes(20);
    private static final Duration COPIED = Duration.ofMinutes(5);
    private static final Duration RECOVERED = Duration.ofMinutes(10);
    private static final int FEW_RECORDS = 1_000;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ADMIN = Duration.ofSeconds(10);
    private static final String GROUP = "memory-reflector";
    private static final String SURVIVOR = "survivor";
    private static final String KILLED = "killed";

    private final RecoveryPlan plan;
    private final LocalStack stack;
    private final Fleet fleet;
    private final EventSerdes serdes;
    private final String run = "recovery" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final EvenUsers users;

    private StandbyRecovery(RecoveryPlan plan, LocalStack stack) {
        this.plan = plan;
        this.stack = stack;
        this.fleet = new Fleet(stack);
        this.serdes = EventSerdes.of(stack.schemaRegistryUrl());
        this.users = EvenUsers.of(run, Topics.DEFAULT_PARTITIONS, plan.usersInEach(Topics.DEFAULT_PARTITIONS));
    }

    public static void main(String[] args) throws Exception {
        try {
            System.exit(run(RecoveryPlan.from(Environment.ofProcess())) ? 0 : 1);
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(RecoveryPlan plan) throws Exception {
        System.out.printf("TASKS=%d STANDBYS=%d; starting the servers ...%n", plan.tasks(), plan.standbys());
        try (var stub = StubModel.start(0, Behaviour.well(plan.latency()));
                var stack = LocalStack.startLongLived(
                        EnumSet.of(Part.KAFKA, Part.REGISTRY),
                        Map.of(
                                "OPENAI_BASE_URL",
                                stub.baseUrl().toString(),
                                "OPENAI_MODEL",
                                "stub",
                                "OPENAI_EMBEDDING_MODEL",
                                "stub",
                                "REFLECTOR_STANDBYS",
                                Integer.toString(plan.standbys()),
                                "REFLECTION_WORKERS",
                                Integer.toString(plan.workers()),
                                "REFLECTION_BATCH_SIZE",
                                "1"))) {
            return new StandbyRecovery(plan, stack).measure();
        }
    }

    private boolean measure() throws Exception {
        fleet.start(SURVIVOR);
        fleet.start(KILLED);
        try (var feed = new Feed(stack.kafkaBootstrapServers(), serdes);
                var statuses = statuses()) {
            try (var tasks = new WaitingTasks(stack.kafkaBootstrapServers(), serdes)) {
                feed(tasks);
            }
            var waiting = awaitWaiting();
            awaitCopies();
            var orphans = partitionsOf(KILLED);
            statuses.seekToEnd(statuses.assignment());
            statuses.assignment().forEach(statuses::position);
            System.out.printf("%d tasks wait; killing the owner of %s%n", waiting, orphans);
            var begun = System.nanoTime();
            fleet.kill(KILLED);
            feed.send(probes(orphans), sent -> {});
            var times = reflected(statuses, orphans, begun);
            var held = heldAfter(waiting, begun);
            times.forEach((partition, time) -> System.out.printf(
                    Locale.ROOT, "  partition %2d: an urgent interaction reflected after %.1f s%n", partition, time));
            System.out.printf(
                    Locale.ROOT, "all %d tasks are the survivor's after %.1f s at the latest%n", waiting, held);
            var first = times.values().stream().mapToDouble(time -> time).min().orElseThrow();
            var last = times.values().stream().mapToDouble(time -> time).max().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "from the kill to an urgent interaction's memories, of which a call takes %.1f s: %.1f to %.1f s%n",
                    plan.latency().toMillis() / 1e3,
                    first,
                    last);
            return waiting >= plan.tasks() && last * 1e3 - plan.latency().toMillis() < GOAL.toMillis();
        }
    }

    private void feed(WaitingTasks tasks) {
        try (var bar = new ProgressBar("written", plan.interactions())) {
            for (int number = 0; number < plan.interactions(); number++) {
                tasks.send(Feed.sample(run, number, users.user(number), Priority.LOW));
                bar.step();
            }
            tasks.flush();
        }
    }

    /** Waits until all tasks are accepted by their lanes; returns how many of them wait then. */
    private long awaitWaiting() throws InterruptedException {
        var tasks = (long) plan.interactions() * RecoveryPlan.TIERS;
        var deadline = System.nanoTime() + ALL_WAITING.toNanos();
        try (var bar = new ProgressBar("accepted", tasks)) {
            while (true) {
                var waiting = (long) fleet.pending();
                var accepted = waiting + (long) fleet.sum("reflector_reflections_total");
                bar.stepTo(accepted);
                if (accepted >= tasks) {
                    return waiting;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "only " + accepted + " of " + tasks + " tasks are accepted after " + ALL_WAITING);
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Waits until the copies have what the stores have: nothing of a changelog is left to read. */
    private void awaitCopies() throws InterruptedException {
        var deadline = System.nanoTime() + COPIED.toNanos();
        for (int inARow = 0; inARow < 3; ) {
            TimeUnit.SECONDS.sleep(2);
            var behind = fleet.sum("kafka_consumer_fetch_manager_records_lag_max", "restore-consumer");
            // Not a number while nothing is fetched.
            inARow = behind >= FEW_RECORDS ? 0 : inARow + 1;
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the copies are still " + behind + " records behind after " + COPIED);
            }
        }
    }

    /** Partitions of which the instance owns the intake or a lane. */
    private Set<Integer> partitionsOf(String instance)
            throws ExecutionException, InterruptedException, TimeoutException {
        var read = Set.of(
                Topics.INTERACTIONS.name(),
                Topics.TASKS_EPISODIC.name(),
                Topics.TASKS_SEMANTIC.name(),
                Topics.TASKS_PROCEDURAL.name());
        var partitions = new HashSet<Integer>();
        try (var admin = Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers()))) {
            admin
                    .describeConsumerGroups(List.of(GROUP))
                    .describedGroups()
                    .get(GROUP)
                    .get(ADMIN.toSeconds(), TimeUnit.SECONDS)
                    .members()
                    .stream()
                    .filter(member -> member.groupInstanceId().orElse("").startsWith(instance))
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .filter(partition -> read.contains(partition.topic()))
                    .forEach(partition -> partitions.add(partition.partition()));
        }
        return partitions;
    }

    /** Of users who have nothing that waits, for a user's tasks go in their order. */
    private List<Interaction> probes(Set<Integer> partitions) {
        var probing = EvenUsers.of(run + "-probing", Topics.DEFAULT_PARTITIONS, 1);
        return partitions.stream()
                .map(partition -> Feed.interaction(
                        probing.anyOf(partition),
                        probe(partition),
                        "I moved to Town" + partition + ". Always sign letter " + partition + " of " + run + ".",
                        Instant.now(),
                        Priority.URGENT))
                .toList();
    }

    private String probe(int partition) {
        return run + "-probe:" + partition;
    }

    private KafkaConsumer<String, ReflectionStatus> statuses() {
        var consumer = new KafkaConsumer<String, ReflectionStatus>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                serdes.deserializer());
        consumer.assign(consumer.partitionsFor(Topics.REFLECTIONS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        return consumer;
    }

    /** Seconds until the probe of each partition was reflected. */
    private Map<Integer, Double> reflected(
            KafkaConsumer<String, ReflectionStatus> statuses, Set<Integer> partitions, long begun) {
        var times = new TreeMap<Integer, Double>();
        while (times.size() < partitions.size()) {
            for (var record : statuses.poll(POLL)) {
                if (record.key().startsWith(run + "-probe:")
                        && record.value().getState() == ReflectionState.COMPLETED) {
                    times.putIfAbsent(
                            Integer.parseInt(record.key().substring(record.key().lastIndexOf(':') + 1)),
                            (System.nanoTime() - begun) / 1e9);
                }
            }
            if (System.nanoTime() - begun > RECOVERED.toNanos()) {
                throw new IllegalStateException("after " + RECOVERED + " only " + times.keySet() + " are back");
            }
        }
        return times;
    }

    /** Seconds until the survivor holds what waited, but for what it has done meanwhile. */
    private double heldAfter(long waiting, long begun) throws InterruptedException {
        while (fleet.pending() < waiting * 0.99) {
            if (System.nanoTime() - begun > RECOVERED.toNanos()) {
                throw new IllegalStateException("after " + RECOVERED + " the survivor holds " + fleet.pending());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
