/** The way to the log through Kafka's own producer, which batches, retries and keeps the order. */
package io.memoryreflector.client.kafka;
