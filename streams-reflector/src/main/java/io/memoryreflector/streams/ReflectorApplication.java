package io.memoryreflector.streams;

import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.schemas.env.LogFormat;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.ErasuresFeed;
import io.memoryreflector.schemas.serde.Encryption;
import io.memoryreflector.schemas.topic.SchemaCatalogue;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.OtlpTracing;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.deadletter.PoisonHandler;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.group.OrphanedTransactions;
import io.memoryreflector.streams.group.StreamsGroup;
import io.memoryreflector.streams.metrics.LaneMetrics;
import io.memoryreflector.streams.metrics.StreamsDetail;
import io.memoryreflector.streams.reflect.CallThreads;
import io.memoryreflector.streams.reflect.Circuit;
import io.memoryreflector.streams.reflect.FailurePolicy;
import io.memoryreflector.streams.reflect.Permits;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.Backoff;
import io.memoryreflector.streams.session.SessionProcessor;
import io.memoryreflector.streams.shadow.LivePipeline;
import io.memoryreflector.streams.shadow.Pace;
import io.memoryreflector.streams.shadow.PacedClients;
import io.memoryreflector.streams.shadow.ShadowSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: reads its settings, makes the topics and runs the topology until it is told to stop. */
public final class ReflectorApplication {

    private static final Logger LOG = LoggerFactory.getLogger(ReflectorApplication.class);
    private static final Duration KAFKA_START = Duration.ofSeconds(60);
    private static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
    private static final int SMALL = 2;
    private static final Duration KEYS = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(8);

    /** Stands in the place of a tier in metrics. */
    private static final String SESSION = "session";

    private ReflectorApplication() {}

    public static void main(String[] args) throws Exception {
        haveACommonPool();
        try {
            LogFormat.from(Environment.ofProcess());
            var settings = ReflectorSettings.from(Environment.ofProcess());
            run(settings, OtlpTracing.from(Environment.ofProcess(), "streams-reflector"));
        } catch (InvalidSetting e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** With a common pool of one thread, as on two cores, every asynchronous step of a future starts a thread instead. */
    private static void haveACommonPool() {
        if (Runtime.getRuntime().availableProcessors() <= SMALL && System.getProperty(COMMON_POOL) == null) {
            System.setProperty(COMMON_POOL, Integer.toString(SMALL));
        }
    }

    private static void run(ReflectorSettings settings, Tracing tracing) throws IOException, InterruptedException {
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.config().meterFilter(MeterFilter.deny(StreamsDetail::names));
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new JvmGcMetrics().bindTo(metrics);
        var reflectors = Reflectors.of(settings, metrics);
        // Loading a model takes about as long as finding Kafka: both at once.
        var warm = CompletableFuture.runAsync(reflectors::warmUp);
        prepareKafka(settings);
        new SchemaCatalogue(settings.serdes().registry()).ensure(settings.topics());
        settings.shadow().ifPresent(shadow -> LOG.info("this is the shadow {}", shadow));
        if (!settings.enabled()) {
            LOG.info("REFLECTION_ENABLED is false: new interactions are skipped, not reflected");
        }
        var encryption = Encryption.open(settings.masterKeys(), settings.serdes(), settings.kafka(), KEYS);
        FunctionCounter.builder("reflector.unreadable", encryption.serdes().sealing(), EventSealing::passedOver)
                .description("Records that were passed over because their user's key is destroyed")
                .register(metrics);
        reflectors.start();
        var erasures = new Erasures();
        erasures.onChange(reflectors::forget);
        var feed = new ErasuresFeed(settings.kafka(), settings.serdes(), erasures);
        feed.start();
        var executor = CallThreads.start();
        var permits = new Permits(settings.workers());
        var lanes = lanes(settings, reflectors.byTier(), permits, metrics);
        var topology = ReflectorTopology.build(
                encryption.serdes(),
                lanes,
                shared(settings, reflectors.admission(), executor, new Forgotten(erasures, metrics), tracing),
                settings.limits(),
                settings.enabled(),
                reflectors.sessions().map(reflector -> sessions(settings, reflector, permits, metrics)),
                ReflectorTopology.Retention.standard(settings.sessionIdleGap()),
                settings.shadow().map(ShadowSettings::shadow));
        var properties = settings.streams();
        properties.put(PoisonHandler.SEALING, encryption.serdes().sealing());
        var live = settings.shadow().map(shadow -> new LivePipeline(settings.kafka(), settings.liveApplicationId()));
        var streams = settings.shadow()
                .map(shadow -> new KafkaStreams(
                        topology, properties, new PacedClients(pace(shadow, live.orElseThrow(), lanes))))
                .orElseGet(() -> new KafkaStreams(topology, properties));
        streams.setUncaughtExceptionHandler(error -> {
            LOG.error("a stream thread failed and is replaced; what it had not committed is done again", error);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        var orphans = new OrphanedTransactions(
                settings.kafka(),
                settings.applicationId(),
                settings.membership().protocol());
        streams.setStateListener((now, before) -> {
            LOG.info("state {} -> {}", before, now);
            if (now.isRunningOrRebalancing()) {
                orphans.look();
            }
        });
        new KafkaStreamsMetrics(streams).bindTo(metrics);
        new DiskSpaceMetrics(settings.stateDirectory().toFile()).bindTo(metrics);
        var server = new StatusServer(settings.address(), settings.port(), streams::state, metrics);
        var cleanStop = new CleanStop(settings.stateDirectory());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(streams, cleanStop, server, executor, reflectors, encryption, feed, tracing);
                            orphans.close();
                            live.ifPresent(LivePipeline::close);
                        },
                        "shutdown"));
        warm.join();
        if (!feed.isCaughtUp(KAFKA_START)) {
            throw new IllegalStateException(Topics.ERASURES.name() + " could not be read within "
                    + KAFKA_START.toSeconds() + " s: what was to be forgotten is not known");
        }
        cleanStop.begin(streams::cleanUp);
        live.ifPresent(LivePipeline::start);
        streams.start();
        server.start();
        new CountDownLatch(1).await();
    }

    private static Pace pace(ShadowSettings shadow, LivePipeline live, List<ReflectProcessor.Lane<?>> lanes) {
        return new Pace(shadow.interactionsPerSecond(), live::isBehind, () -> lanes.stream()
                .mapToInt(lane -> lane.metrics().pending())
                .sum());
    }

    private static ReflectProcessor.Shared shared(
            ReflectorSettings settings,
            Admission admission,
            ExecutorService executor,
            Forgotten forgotten,
            Tracing tracing) {
        RandomGenerator jitter = () -> ThreadLocalRandom.current().nextLong();
        return new ReflectProcessor.Shared(
                admission,
                settings.timeout(),
                new FailurePolicy(
                        settings.maxRetries(), new Backoff(settings.retryDelay(), settings.retryMaxDelay(), jitter)),
                executor,
                forgotten,
                tracing,
                settings.shadow().isPresent() ? EarlyCommits.off() : EarlyCommits.on());
    }

    private static List<ReflectProcessor.Lane<?>> lanes(
            ReflectorSettings settings, List<Reflector<?>> reflectors, Permits permits, MeterRegistry metrics) {
        return reflectors.stream()
                .<ReflectProcessor.Lane<?>>map(reflector -> lane(settings, reflector, permits, metrics))
                .toList();
    }

    private static <M extends SpecificRecord> ReflectProcessor.Lane<M> lane(
            ReflectorSettings settings, Reflector<M> reflector, Permits permits, MeterRegistry metrics) {
        var circuit = new Circuit(reflector.tier(), settings.circuitOpen(), Clock.systemUTC());
        var ofLane = permits.lane();
        return new ReflectProcessor.Lane<>(
                reflector,
                circuit,
                ofLane,
                settings.batching(reflector.tier()),
                settings.strictLanes().contains(reflector.tier()),
                new LaneMetrics(metrics, reflector.tier(), circuit::state, ofLane::inFlight));
    }

    private static SessionProcessor.Model sessions(
            ReflectorSettings settings, SessionReflector reflector, Permits permits, MeterRegistry metrics) {
        var circuit = new Circuit(SESSION, settings.circuitOpen(), Clock.systemUTC());
        var beside = permits.beside();
        return new SessionProcessor.Model(
                reflector,
                circuit,
                beside,
                new LaneMetrics(metrics, SESSION, circuit::state, beside::inFlight),
                settings.batching().tokens());
    }

    /** Waits for a Kafka that comes up after us, as long as the admin client's own {@code default.api.timeout.ms}. */
    private static void prepareKafka(ReflectorSettings settings) throws InterruptedException {
        try (var admin = Admin.create(settings.kafka())) {
            new TopicCatalogue(admin, settings.partitions(), KAFKA_START).ensure(settings.topics());
            new StreamsGroup(admin, settings.applicationId(), KAFKA_START).prepare(settings.membership());
        }
    }

    private static void stop(
            KafkaStreams streams,
            CleanStop cleanStop,
            StatusServer server,
            ExecutorService executor,
            Reflectors reflectors,
            Encryption encryption,
            ErasuresFeed feed,
            Tracing tracing) {
        LOG.info("stopping; what is in flight stays in the pending stores");
        var closed =
                streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(CLOSE));
        server.close();
        executor.shutdownNow();
        reflectors.close();
        encryption.close();
        feed.close();
        tracing.close();
        if (closed) {
            cleanStop.note();
        }
        LOG.info("stopped");
    }
}
