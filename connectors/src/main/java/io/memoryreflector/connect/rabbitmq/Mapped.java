package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.events.Interaction;
import java.util.Map;

/** What a message turned out to be. */
sealed interface Mapped {

    /**
     * A job.
     *
     * @param counters of its attempts in the system that it comes from, by their names in the job
     */
    record Job(Interaction interaction, Map<String, String> counters) implements Mapped {}

    /**
     * No job.
     *
     * @param kind {@code poison} for what is no JSON, {@code permanent} for a job that cannot be an interaction
     * @param why names each field, what it got and what it takes; may quote
     * @param jobId null where not known
     * @param userId null where not known
     */
    record Refused(String kind, RuntimeException why, String jobId, String userId) implements Mapped {}
}
