package io.memoryreflector.systemtests.shadow;

import io.memoryreflector.events.Priority;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.load.Feed;
import io.memoryreflector.systemtests.model.load.ReflectorMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code make shadow-load}: how fast the live pipeline is with and without a shadow beside it that has a log to go through,
 * in turns. Throughput is that of a burst, latency that of a stream well below it, from an interaction's record to its
 * settled reflections. Both reflectors are the offline ones, which is the hard case: they compute on this machine, where a
 * model would be waited for.
 *
 * <p>Settings: {@code ROUNDS}, {@code BURST} and {@code STREAM_SECONDS}, and what a shadow takes, such as {@code
 * SHADOW_INTERACTIONS_PER_SECOND}. Ends with 0 if the live pipeline keeps nine tenths of its throughput and takes no more than
 * a tenth longer, 1 if not, 2 for a wrong setting.
 */
public final class ShadowLoad {

    private static final double LEAST_THROUGHPUT = 0.9;
    private static final double MOST_LATENCY = 1.1;
    private static final Shadow SHADOW = new Shadow("load");
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** As docs/operations.md says where a shadow shares the live reflector's cores: half of what it took was its compiler. */
    private static final String ON_SHARED_CORES = "-XX:TieredStopAtLevel=1";

    /** The shadow's JVM has compiled what it runs by then. */
    private static final Duration WARM = Duration.ofSeconds(45);

    private static final int TIERS = 3;
    private static final int USERS = 200;

    /** Interactions a second of the stream by which latency is measured. */
    private static final int STREAM = 10;

    private final LocalStack stack;
    private final Feed feed;
    private final ReflectorMetrics live;
    private final int burst;
    private final int streamSeconds;
    private final Map<String, String> shadowSettings;
    private int written;

    private ShadowLoad(LocalStack stack, Feed feed, Environment environment) {
        this.stack = stack;
        this.feed = feed;
        this.live = new ReflectorMetrics(stack.reflectorUrl());
        this.burst = environment.integer("BURST", 3_000, 10, 1_000_000);
        this.streamSeconds = environment.integer("STREAM_SECONDS", 20, 1, 3_600);
        this.shadowSettings =
                new HashMap<>(Map.of("REFLECTOR_SHADOW", SHADOW.name(), "JDK_JAVA_OPTIONS", ON_SHARED_CORES));
        var rate = environment.text("SHADOW_INTERACTIONS_PER_SECOND", "");
        if (!rate.isEmpty()) {
            shadowSettings.put("SHADOW_INTERACTIONS_PER_SECOND", rate);
        }
    }

    /** One turn's figures. */
    private record Turn(double perSecond, double meanMs) {}

    public static void main(String[] args) throws Exception {
        try {
            System.exit(run(Environment.ofProcess()) ? 0 : 1);
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Environment environment) throws Exception {
        var rounds = environment.integer("ROUNDS", 4, 1, 100);
        // As started by hand: the local stack puts its reflector behind what somebody waits for, and so near its
        // shadow.
        System.setProperty(LocalStack.EQUALS, "true");
        try (var stack = LocalStack.startLongLived(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REFLECTOR), Map.of());
                var feed = new Feed(stack.kafkaBootstrapServers(), EventSerdes.of(stack.schemaRegistryUrl()))) {
            return new ShadowLoad(stack, feed, environment).measure(rounds);
        }
    }

    private boolean measure(int rounds) throws Exception {
        // The shadow's log to go through, which warms the live reflector up too.
        burst();
        burst();
        var without = new ArrayList<Turn>();
        var with = new ArrayList<Turn>();
        for (int round = 0; round < rounds; round++) {
            // Each is first in every other round: what grows over time favours neither.
            if (round % 2 == 0) {
                without.add(turnWithout());
                with.add(turnWithAShadow());
            } else {
                with.add(turnWithAShadow());
                without.add(turnWithout());
            }
        }
        var kept = median(with, true) / median(without, true);
        var longer = median(with, false) / median(without, false);
        System.out.printf(
                Locale.ROOT,
                "%nmedian of %d turns each: without %.1f interactions/s, %.0f ms; with a shadow %.1f interactions/s,"
                        + " %.0f ms; throughput kept %.1f%%, latency %.1f%%%n",
                rounds,
                median(without, true),
                median(without, false),
                median(with, true),
                median(with, false),
                100 * kept,
                100 * longer);
        return kept >= LEAST_THROUGHPUT && longer <= MOST_LATENCY;
    }

    private Turn turnWithAShadow() throws Exception {
        var shadow = stack.startReflectorBeside("shadow-load", shadowSettings);
        try {
            stream(WARM);
            var before = takenUp();
            var begun = System.nanoTime();
            var turn = turn("with");
            System.out.printf(
                    Locale.ROOT,
                    "         the shadow took up %.1f interactions/s%n",
                    (takenUp() - before) / ((System.nanoTime() - begun) / 1e9));
            return turn;
        } finally {
            shadow.close();
        }
    }

    private Turn turnWithout() throws Exception {
        // As long as beside a shadow that warms up: a reflector that has rested is slower at first.
        stream(WARM);
        return turn("without");
    }

    private Turn turn(String name) throws Exception {
        var perSecond = burst();
        var before = live.read();
        stream(Duration.ofSeconds(streamSeconds));
        var after = live.read();
        var meanMs = 1_000
                * (after.sum("reflector_end_to_end_seconds_sum") - before.sum("reflector_end_to_end_seconds_sum"))
                / (after.sum("reflector_end_to_end_seconds_count") - before.sum("reflector_end_to_end_seconds_count"));
        System.out.printf(Locale.ROOT, "%-8s %8.1f interactions/s %8.0f ms%n", name, perSecond, meanMs);
        return new Turn(perSecond, meanMs);
    }

    private void stream(Duration time) throws InterruptedException {
        for (int second = 0; second < time.toSeconds(); second++) {
            var begun = System.nanoTime();
            send(STREAM);
            TimeUnit.NANOSECONDS.sleep(Duration.ofSeconds(1).toNanos() - (System.nanoTime() - begun));
        }
        awaitReflected();
    }

    private long takenUp() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets(SHADOW.applicationId("memory-reflector"))
                    .partitionsToOffsetAndMetadata()
                    .get(10, TimeUnit.SECONDS)
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(Topics.INTERACTIONS.name()))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    private double burst() throws InterruptedException {
        var begun = System.nanoTime();
        send(burst);
        awaitReflected();
        return burst / ((System.nanoTime() - begun) / 1e9);
    }

    private void send(int count) {
        feed.send(
                IntStream.range(written, written + count)
                        .mapToObj(number -> Feed.interaction(
                                "user-" + number % USERS,
                                "shadow-load:" + number,
                                "I moved to City" + number + ". Always sign note " + number + ".",
                                AT.plusSeconds(number),
                                Priority.NORMAL))
                        .toList(),
                sent -> {});
        written += count;
    }

    private void awaitReflected() throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (live.read().sum("reflector_reflections_total") < (double) written * TIERS) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not all is reflected after " + LONGEST);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static double median(List<Turn> turns, boolean throughput) {
        var sorted = turns.stream()
                .mapToDouble(turn -> throughput ? turn.perSecond() : turn.meanMs())
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
