package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.deadletters.ParkedLetters;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.ConnectorAnswer;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.Lane;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.Outcomes;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.PartAnswer;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.Retry;
import io.memoryreflector.ingest.pipeline.PipelineAnswer.TopicAnswer;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.status.RetryFilter;
import io.memoryreflector.store.status.StatusTotals;
import io.memoryreflector.store.status.WaitingRetries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pipeline when somebody looks, once a second at most however many look, and asks nobody while nobody does.
 * All is asked at the same time and for a bounded time; who does not answer is left out. Thread-safe.
 */
final class PipelineMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineMonitor.class);

    private static final Duration FRESH = Duration.ofMillis(900);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** A first look has nothing to compare with: it looks twice, so long apart. */
    private static final Duration FIRST = Duration.ofMillis(500);

    private static final long ANSWER_SECONDS = 8;
    private static final String[] CIRCUITS = {"closed", "half_open", "open"};
    private static final Map<Tier, Topic> LANES = lanes();

    private final LogPositions log;
    private final Reflectors reflectors;
    private final Connectors connectors;
    private final PartsHealth health;
    private final WaitingRetries retries;
    private final ParkedLetters letters;
    private final StatusTotals totals;
    private final String group;
    private final InstantSource clock;
    private final Rates rates = new Rates(WINDOW);
    private final Executor executor;
    private PipelineAnswer last;

    /**
     * @param group of the reflectors
     * @param executor runs the questions, which wait for answers
     */
    PipelineMonitor(
            LogPositions log,
            Reflectors reflectors,
            Connectors connectors,
            PartsHealth health,
            WaitingRetries retries,
            ParkedLetters letters,
            StatusTotals totals,
            String group,
            Executor executor,
            InstantSource clock) {
        this.log = log;
        this.reflectors = reflectors;
        this.connectors = connectors;
        this.health = health;
        this.retries = retries;
        this.letters = letters;
        this.totals = totals;
        this.group = group;
        this.executor = executor;
        this.clock = clock;
    }

    /** How everything is now, or was within the last second. */
    synchronized PipelineAnswer now() {
        if (last == null || Duration.between(last.at(), clock.instant()).compareTo(FRESH) >= 0) {
            last = read();
            if (!rates.areKnown()) {
                pause();
                last = read();
            }
        }
        return last;
    }

    private PipelineAnswer read() {
        var at = clock.instant();
        var metrics = ask("reflectors", () -> Optional.of(reflectors.read()));
        var parts = ask("health", () -> Optional.of(health.read()));
        var waiting = ask("retries", this::waiting);
        var outcomes = ask("totals", this::outcomes);
        var deployed = ask("connectors", connectors::read).join();
        var positions = ask("log", () -> positions(deployed.orElse(List.of()))).join();
        var reading = metrics.join();
        rates.counted(at, counters(positions, reading));
        return answer(at, positions, reading, deployed, waiting.join(), outcomes.join(), parts.join());
    }

    /** Asks on a thread of its own; who fails or takes too long is left out. */
    private <T> CompletableFuture<Optional<T>> ask(String whom, Supplier<Optional<T>> question) {
        return CompletableFuture.supplyAsync(question, executor)
                .completeOnTimeout(Optional.empty(), ANSWER_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    LOG.debug("the pipeline's {} cannot be read: {}", whom, failure.toString());
                    return Optional.empty();
                });
    }

    private PipelineAnswer answer(
            Instant at,
            Optional<LogPositions.Positions> positions,
            Optional<Reflectors.Reading> reading,
            Optional<List<Connectors.Connector>> deployed,
            Optional<Map<Tier, Retry>> waiting,
            Optional<Outcomes> outcomes,
            Optional<List<PartAnswer>> parts) {
        var parked = letters.count();
        var lag = positions.map(known -> known.lag().getOrDefault(group, Map.of()));
        return new PipelineAnswer(
                at,
                new PipelineAnswer.Log(
                        Topics.INTERACTIONS.name(),
                        boxed(rates.perSecond("topic " + Topics.INTERACTIONS.name())),
                        lag.map(topics -> topics.getOrDefault(Topics.INTERACTIONS.name(), 0L))
                                .orElse(null),
                        outcomes.orElse(null)),
                LANES.keySet().stream()
                        .map(tier -> lane(tier, lag, reading, waiting, parked))
                        .toList(),
                waiting.map(PipelineMonitor::all).orElse(null),
                parked.map(ParkedLetters.Counts::total).orElse(null),
                positions.map(this::topics).orElse(null),
                deployed.map(known -> known.stream()
                                .map(connector -> connector(connector, positions))
                                .toList())
                        .orElse(null),
                parts(parts.orElse(List.of()), reading));
    }

    private Lane lane(
            Tier tier,
            Optional<Map<String, Long>> lag,
            Optional<Reflectors.Reading> reading,
            Optional<Map<Tier, Retry>> waiting,
            Optional<ParkedLetters.Counts> parked) {
        var name = name(tier);
        var topic = LANES.get(tier).name();
        // A sum over some of the instances would pass for the whole.
        var metrics = reading.filter(Reflectors.Reading::isComplete).map(Reflectors.Reading::metrics);
        return new Lane(
                name,
                topic,
                boxed(rates.perSecond("settled " + name)),
                lag.map(topics -> topics.getOrDefault(topic, 0L)).orElse(null),
                metrics.map(all -> Math.round(sum(all, "reflector_pending", name)))
                        .orElse(null),
                metrics.map(all -> max(all, "reflector_pending_oldest_seconds", name))
                        .orElse(null),
                metrics.map(all -> Math.round(sum(all, "reflector_in_flight", name)))
                        .orElse(null),
                metrics.map(all -> Math.round(sum(all, "reflector_reflections_total", name)))
                        .orElse(null),
                waiting.map(all -> all.get(tier).waiting()).orElse(null),
                parked.map(counts -> counts.byTier().getOrDefault(tier, 0L)).orElse(null),
                metrics.map(all -> CIRCUITS[(int) Math.min(2, max(all, "reflector_circuit_state", name))])
                        .orElse(null));
    }

    private List<TopicAnswer> topics(LogPositions.Positions positions) {
        return Topics.all().stream()
                .filter(topic -> positions.written().containsKey(topic.name()))
                .map(topic -> new TopicAnswer(
                        topic.name(),
                        positions.written().get(topic.name()),
                        boxed(rates.perSecond("topic " + topic.name()))))
                .toList();
    }

    private static ConnectorAnswer connector(
            Connectors.Connector connector, Optional<LogPositions.Positions> positions) {
        return new ConnectorAnswer(
                connector.name(),
                connector.isSink() ? "sink" : "source",
                connector.state(),
                connector.tasks(),
                connector.running(),
                positions
                        .map(known -> known.lag().get(connector.group()))
                        .map(topics -> topics.values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .orElse(null));
    }

    private static List<PartAnswer> parts(List<PartAnswer> known, Optional<Reflectors.Reading> reading) {
        var parts = new ArrayList<>(known);
        reading.ifPresent(all -> parts.add(new PartAnswer(
                "reflector",
                all.isComplete() ? "up" : "down",
                all.metrics().size() + " of " + all.known() + " answer")));
        return parts;
    }

    private Optional<LogPositions.Positions> positions(List<Connectors.Connector> deployed) {
        var groups = new ArrayList<>(List.of(group));
        deployed.stream()
                .filter(Connectors.Connector::isSink)
                .map(Connectors.Connector::group)
                .forEach(groups::add);
        try {
            return Optional.of(log.read(groups));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Kafka does not say how far its topics are: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Optional<Map<Tier, Retry>> waiting() {
        var waiting = new EnumMap<Tier, Retry>(Tier.class);
        for (var tier : LANES.keySet()) {
            var page = retries.page(
                    new RetryFilter(Optional.of(tier), Optional.empty(), Optional.empty()), 1, Optional.empty());
            waiting.put(
                    tier,
                    new Retry(
                            page.total(),
                            page.complete(),
                            page.retries().isEmpty()
                                    ? null
                                    : page.retries().get(0).dueAt()));
        }
        return Optional.of(waiting);
    }

    private Optional<Outcomes> outcomes() {
        var all = totals.all();
        return Optional.of(new Outcomes(all.received(), all.completed(), all.partial(), all.failed(), all.pending()));
    }

    private static Retry all(Map<Tier, Retry> waiting) {
        return waiting.values().stream()
                .reduce((one, other) -> new Retry(
                        one.waiting() + other.waiting(),
                        one.complete() && other.complete(),
                        earlier(one.nextAttemptAt(), other.nextAttemptAt())))
                .orElseThrow();
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static Map<String, Double> counters(
            Optional<LogPositions.Positions> positions, Optional<Reflectors.Reading> reading) {
        var counters = new HashMap<String, Double>();
        positions.ifPresent(
                known -> known.written().forEach((topic, written) -> counters.put("topic " + topic, (double) written)));
        reading.filter(Reflectors.Reading::isComplete).ifPresent(all -> {
            for (var tier : LANES.keySet()) {
                counters.put("settled " + name(tier), sum(all.metrics(), "reflector_reflections_total", name(tier)));
            }
        });
        return counters;
    }

    private static double sum(List<PrometheusText> all, String metric, String tier) {
        return all.stream().mapToDouble(text -> text.sum(metric, "tier", tier)).sum();
    }

    private static double max(List<PrometheusText> all, String metric, String tier) {
        return all.stream()
                .mapToDouble(text -> text.max(metric, "tier", tier))
                .max()
                .orElse(0);
    }

    private static Double boxed(OptionalDouble rate) {
        return rate.isPresent() ? Math.round(rate.getAsDouble() * 100) / 100.0 : null;
    }

    private static String name(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    private static Map<Tier, Topic> lanes() {
        var lanes = new EnumMap<Tier, Topic>(Tier.class);
        lanes.put(Tier.EPISODIC, Topics.TASKS_EPISODIC);
        lanes.put(Tier.SEMANTIC, Topics.TASKS_SEMANTIC);
        lanes.put(Tier.PROCEDURAL, Topics.TASKS_PROCEDURAL);
        return lanes;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(FIRST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
