/** The way to the log through ingest-service, for those who cannot reach Kafka. */
package io.memoryreflector.client.http;
