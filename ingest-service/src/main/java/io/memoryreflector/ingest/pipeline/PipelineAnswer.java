package io.memoryreflector.ingest.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * The pipeline at one moment, over all namespaces. What cannot be known now, because the part that knows it does not
 * answer, is left out: it is never shown as zero.
 *
 * @param at when it was read
 * @param log the interactions that are in
 * @param lanes one for each tier, in the order of the flow
 * @param retry what waits for another attempt
 * @param deadLetters parked ones, those of no tier included
 * @param topics every topic of the catalogue
 * @param connectors as Connect says; left out where it does not answer
 * @param parts every part and how it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PipelineAnswer(
        Instant at,
        Log log,
        List<Lane> lanes,
        Retry retry,
        Long deadLetters,
        List<TopicAnswer> topics,
        List<ConnectorAnswer> connectors,
        List<PartAnswer> parts) {

    /**
     * The log of record and what reads it first.
     *
     * @param ratePerSecond interactions written
     * @param lag of the reflector, in records
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelineLog")
    record Log(String topic, Double ratePerSecond, Long lag, Outcomes outcomes) {}

    /** What became of all interactions since the log began; one whose end nobody has asked for yet counts as pending. */
    @Schema(name = "PipelineOutcomes")
    record Outcomes(long received, long completed, long partial, long failed, long pending) {}

    /**
     * One lane.
     *
     * @param ratePerSecond tasks settled
     * @param lag tasks that no reflector has taken
     * @param pending tasks taken and not settled
     * @param oldestPendingSeconds age of the oldest of them
     * @param inFlight calls that are not answered
     * @param settled tasks since the reflectors started
     * @param retrying interactions that wait for another attempt
     * @param deadLetters parked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelineLane")
    record Lane(
            @Schema(allowableValues = {"episodic", "semantic", "procedural"})
            String tier,

            String topic,
            Double ratePerSecond,
            Long lag,
            Long pending,
            Double oldestPendingSeconds,
            Long inFlight,
            Long settled,
            Long retrying,
            Long deadLetters,

            @Schema(allowableValues = {"closed", "half_open", "open"})
            String circuit) {}

    /**
     * What waits for another attempt.
     *
     * @param complete false where {@code waiting} is a lower bound
     * @param nextAttemptAt of the one that is due first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelineRetry")
    record Retry(long waiting, boolean complete, Instant nextAttemptAt) {}

    /**
     * A topic.
     *
     * @param written offsets that are taken; where writers use transactions, their markers count too
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelineTopic")
    record TopicAnswer(String name, long written, Double ratePerSecond) {}

    /**
     * A connector.
     *
     * @param lag of a sink, in offsets; a topic that is read to its end may still count one a partition
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelineConnector")
    record ConnectorAnswer(
            String name,

            @Schema(allowableValues = {"source", "sink"}) String kind,

            String state,
            int tasks,
            int runningTasks,
            Long lag) {}

    /** A part: a server or a program. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PipelinePart")
    record PartAnswer(
            String name,

            @Schema(allowableValues = {"up", "down", "unknown"})
            String state,

            String detail) {}
}
