/** What the topology does about erasures: asks whether a record is covered, and empties stores. Nothing here reads Kafka. */
package io.memoryreflector.streams.erasure;
