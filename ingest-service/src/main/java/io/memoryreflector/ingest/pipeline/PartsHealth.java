package io.memoryreflector.ingest.pipeline;

import io.memoryreflector.ingest.pipeline.PipelineAnswer.PartAnswer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/** Every part as the service's own health checks find it, all asked at the same time. Thread-safe. */
final class PartsHealth {

    /** They say that this process runs, which whoever reads this knows. */
    private static final Set<String> OF_THE_PROCESS = Set.of("livenessState", "readinessState", "ping");

    private static final long ANSWER_SECONDS = 4;

    private final HealthContributorRegistry checks;
    private final Executor executor;

    /** @param executor runs the checks, which wait for answers */
    PartsHealth(HealthContributorRegistry checks, Executor executor) {
        this.checks = checks;
        this.executor = executor;
    }

    /** Each part by name; one that takes more than four seconds is down. */
    List<PartAnswer> read() {
        return checks.stream()
                .filter(check -> !OF_THE_PROCESS.contains(check.name()))
                .filter(check -> check.contributor() instanceof HealthIndicator)
                .map(check -> CompletableFuture.supplyAsync(
                                () -> answer(check.name(), ((HealthIndicator) check.contributor()).health()), executor)
                        .completeOnTimeout(
                                new PartAnswer(check.name(), "down", "does not answer"),
                                ANSWER_SECONDS,
                                TimeUnit.SECONDS)
                        .exceptionally(failure -> new PartAnswer(check.name(), "down", "its check fails")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted(Comparator.comparing(PartAnswer::name))
                .toList();
    }

    private static PartAnswer answer(String name, Health health) {
        var state = Status.UP.equals(health.getStatus())
                ? "up"
                : Status.UNKNOWN.equals(health.getStatus()) ? "unknown" : "down";
        var detail = health.getDetails().entrySet().stream()
                .filter(PartsHealth::isTelling)
                .map(PartsHealth::text)
                .collect(Collectors.joining(", "));
        return new PartAnswer(name, state, detail.isEmpty() ? null : detail);
    }

    /** Bounds are settings, and an empty list says that there is nothing to say. */
    private static boolean isTelling(Map.Entry<String, Object> detail) {
        return !detail.getKey().startsWith("max_")
                && !(detail.getValue() instanceof Collection<?> all && all.isEmpty());
    }

    private static String text(Map.Entry<String, Object> detail) {
        return detail.getKey().replace('_', ' ') + " " + detail.getValue();
    }
}
