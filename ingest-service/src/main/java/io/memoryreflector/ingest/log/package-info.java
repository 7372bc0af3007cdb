/**
 * The log of record as this service writes to it: whether Kafka is there, and the send itself. What is done when it is
 * not there belongs to the outbox.
 */
package io.memoryreflector.ingest.log;
