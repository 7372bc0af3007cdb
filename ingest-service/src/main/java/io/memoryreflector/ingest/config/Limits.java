package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.env.Environment;

/**
 * How much one caller may send at once.
 *
 * @param messageBytes bytes of UTF-8 of one message's content
 * @param requestBytes bytes of one request's body
 * @param messages messages of one interaction
 * @param metadataEntries entries of one interaction's metadata
 * @param batchItems interactions of one batch
 */
public record Limits(int messageBytes, int requestBytes, int messages, int metadataEntries, int batchItems) {

    /** The limits of those who set none. */
    public static final Limits DEFAULT = new Limits(256 * 1024, 1024 * 1024, 200, 64, 1000);

    static Limits fromEnvironment(Environment environment) {
        return new Limits(
                environment.integer("LIMIT_MESSAGE_BYTES", DEFAULT.messageBytes, 1, 3 * 1024 * 1024),
                environment.integer("LIMIT_REQUEST_BYTES", DEFAULT.requestBytes, 1024, 3 * 1024 * 1024),
                environment.integer("LIMIT_MESSAGES", DEFAULT.messages, 1, 10_000),
                environment.integer("LIMIT_METADATA_ENTRIES", DEFAULT.metadataEntries, 0, 10_000),
                environment.integer("LIMIT_BATCH_ITEMS", DEFAULT.batchItems, 1, 100_000));
    }
}
