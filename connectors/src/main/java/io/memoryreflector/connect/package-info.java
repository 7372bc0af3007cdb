/** Kafka Connect connectors between the log and the stores. A connector carries records; what a store does with them is the store's own matter. */
package io.memoryreflector.connect;
