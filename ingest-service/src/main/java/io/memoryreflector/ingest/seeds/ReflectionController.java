package io.memoryreflector.ingest.seeds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.store.status.StatusTotals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How reflection does, over all namespaces: consumers and lag as Kafka says, counts as the status topic says. */
@RestController
@RequestMapping(path = "/api/reflection", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reflection", description = "The shape of the system that this replaces.")
class ReflectionController {

    private static final Duration OF_LATE = Duration.ofMinutes(1);

    private final ReflectorGroup group;
    private final StatusTotals totals;
    private final InstantSource clock;

    ReflectionController(ReflectorGroup group, StatusTotals totals, InstantSource clock) {
        this.group = group;
        this.totals = totals;
        this.clock = clock;
    }

    @Operation(summary = "Whether anything is being reflected, as the consumer group's members tell.")
    @GetMapping("/health")
    HealthAnswer health() {
        var state = group.state();
        return new HealthAnswer(
                state.isConsuming() ? "healthy" : "unhealthy",
                state.isConsuming(),
                state.consumers(),
                state.messages());
    }

    @Operation(summary = "How many interactions were reflected, how well and how fast.")
    @GetMapping("/stats")
    CountsAnswer stats() {
        var state = group.state();
        var all = totals.all();
        var succeeded = all.completed() + all.partial();
        var ended = succeeded + all.failed();
        return new CountsAnswer(
                state.isConsuming(),
                succeeded,
                all.failed(),
                ended == 0 ? null : (double) succeeded / ended,
                totals.pace().rate(clock.instant(), OF_LATE),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    }

    @Operation(summary = "What waits: records that the reflector has not read, and interactions that are not done.")
    @GetMapping("/queue-status")
    QueueAnswer queue() {
        var state = group.state();
        return new QueueAnswer(
                state.messages(),
                state.consumers(),
                state.isConsuming(),
                totals.all().pending(),
                state.lag());
    }

    /** @param status {@code healthy} where the reflector reads */
    record HealthAnswer(
            @Schema(allowableValues = {"healthy", "unhealthy"})
            String status,

            boolean isConsuming,
            int queueConsumers,
            long queueMessages) {}

    /** Counts since the log began. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CountsAnswer(
            boolean isConsuming,

            @Schema(description = "Interactions of which at least two tiers were reflected.")
            long processedCount,

            long failedCount,

            @Schema(description = "From 0 to 1; absent until anything was reflected.")
            Double successRate,

            @Schema(description = "Over the last minute.") double processingRatePerSecond,

            @Schema(description = "How long this service runs.")
            double runtimeSeconds) {}

    /** What waits. */
    record QueueAnswer(
            @Schema(description = "Records that the reflector has not read.")
            long queueMessages,

            int queueConsumers,
            boolean isConsuming,

            @Schema(description = "Interactions that are in and not done, those in retry included.")
            long pendingInteractions,

            @Schema(description = "Unread records by topic.")
            Map<String, Long> lagByTopic) {}
}
