package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.env.Environment;

/**
 * How much one caller may send at once.
 *
 * @param messageBytes bytes of UTF-8 of one message's content
 * @param requestBytes bytes of one request's body
 * @param transcriptBytes bytes of the body of a request that holds a whole transcript
 * @param messages messages of one interaction
 * @param metadataEntries entries of one interaction's metadata
 * @param batchItems interactions of one batch
 */
public record Limits(
        int messageBytes, int requestBytes, int transcriptBytes, int messages, int metadataEntries, int batchItems) {

    /** The limits of those who set none. */
    public static final Limits DEFAULT = of(InteractionLimits.DEFAULT, 1024 * 1024, 16 * 1024 * 1024, 1000);

    static Limits fromEnvironment(Environment environment) {
        return of(
                InteractionLimits.fromEnvironment(environment),
                environment.integer("LIMIT_REQUEST_BYTES", DEFAULT.requestBytes, 1024, 3 * 1024 * 1024),
                environment.integer("LIMIT_TRANSCRIPT_BYTES", DEFAULT.transcriptBytes, 1024, 64 * 1024 * 1024),
                environment.integer("LIMIT_BATCH_ITEMS", DEFAULT.batchItems, 1, 100_000));
    }

    private static Limits of(InteractionLimits interaction, int requestBytes, int transcriptBytes, int batchItems) {
        return new Limits(
                interaction.messageBytes(),
                requestBytes,
                transcriptBytes,
                interaction.messages(),
                interaction.metadataEntries(),
                batchItems);
    }
}
