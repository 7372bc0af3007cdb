package io.memoryreflector.client.bench;

import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.DraftMessage;
import io.memoryreflector.client.InteractionDraft;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The time of one call. {@code paced}: ten thousand calls a second, and Kafka takes all of them. {@code flatOut}: each
 * thread calls as often as it can, far more than leaves, so that the buffer is full most of the time. {@code away}: nobody
 * listens at the target, so that with {@code -prof gc} the caller's allocations are all there are.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CollectBenchmark {

    private static final InteractionDraft DRAFT = InteractionDraft.of(
            "ada", DraftMessage.user("I moved to Lisbon last week."), DraftMessage.assistant("How is it?"));

    /** Sends to the Kafka that the system properties name. */
    @State(Scope.Benchmark)
    public static class ToKafka {

        MemoryCollector collector;

        @Setup
        public void start() {
            collector = MemoryCollector.start(
                    Target.kafka(System.getProperty("bench.kafka"), System.getProperty("bench.registry")),
                    CollectorSettings.highPerformance());
        }

        @TearDown
        public void stop() {
            var report = collector.close(Duration.ofSeconds(30));
            var statistics = collector.statistics();
            System.out.printf(
                    "%n# collected %d, sent %d, dropped %d, not answered %d%n",
                    statistics.collected(),
                    statistics.sent(),
                    statistics.droppedInAll(),
                    report.unconfirmed().size());
        }
    }

    /** Sends to nobody; what is new is dropped. */
    @State(Scope.Benchmark)
    public static class ToNobody {

        MemoryCollector collector;

        @Setup
        public void start() {
            collector = MemoryCollector.start(
                    Target.kafka("127.0.0.1:1", "http://127.0.0.1:1"),
                    CollectorSettings.production()
                            .change()
                            .whenFull(WhenFull.dropNewest())
                            .retry(Duration.ofSeconds(30), Duration.ofMinutes(1))
                            .build());
        }

        @TearDown
        public void stop() {
            collector.close(Duration.ZERO);
        }
    }

    /** A caller with something else to do: all together call ten thousand times a second. */
    @State(Scope.Thread)
    public static class Pace {

        private static final long BETWEEN_CALLS = Duration.ofSeconds(1).toNanos() / 10_000;

        private long pause;

        @Setup
        public void share(BenchmarkParams params) {
            pause = BETWEEN_CALLS * params.getThreads();
        }

        @Setup(Level.Invocation)
        public void pause() {
            LockSupport.parkNanos(pause);
        }
    }

    @Benchmark
    public OperationId paced(ToKafka kafka, Pace pace) {
        return kafka.collector.collect(DRAFT);
    }

    @Benchmark
    public OperationId flatOut(ToKafka kafka) {
        return kafka.collector.collect(DRAFT);
    }

    @Benchmark
    public OperationId away(ToNobody nobody) {
        return nobody.collector.collect(DRAFT);
    }
}
