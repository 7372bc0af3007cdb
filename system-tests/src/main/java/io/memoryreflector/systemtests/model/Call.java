package io.memoryreflector.systemtests.model;

import java.time.Instant;
import java.util.List;

/**
 * A request that the stub was asked, and what it made of it. Immutable.
 *
 * @param number from 1, in the order in which requests came
 * @param at when it came
 * @param endpoint chat or embeddings
 * @param model asked for
 * @param tier episodic, semantic, procedural, all, session or other; empty for embeddings
 * @param texts of each interaction, its messages with line breaks between them; of a session, its memories; of embeddings,
 *     the inputs
 * @param repair whether it asks to mend an earlier answer
 * @param known facts that the prompt holds
 * @param outcome how it is answered; a client that has gone meanwhile does not hear of it
 * @param inputTokens as the answer counts them
 * @param outputTokens as the answer counts them
 */
public record Call(
        long number,
        Instant at,
        Endpoint endpoint,
        String model,
        String tier,
        List<String> texts,
        boolean repair,
        int known,
        Outcome outcome,
        int inputTokens,
        int outputTokens) {

    /** What was asked for. */
    public enum Endpoint {
        CHAT,
        EMBEDDINGS
    }
}
