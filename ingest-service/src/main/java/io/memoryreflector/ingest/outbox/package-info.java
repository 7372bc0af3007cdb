/**
 * Where interactions wait, on this machine's disk, while Kafka does not take them: written and synced before the caller
 * has an answer, sent on in order once Kafka is back. Nothing here decides whether Kafka is away.
 */
package io.memoryreflector.ingest.outbox;
