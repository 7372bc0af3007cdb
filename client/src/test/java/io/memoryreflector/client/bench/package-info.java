/** What a call of {@code collect} costs, and how much one JVM gets into Kafka: {@code make bench-client}. */
package io.memoryreflector.client.bench;
