/** Names and recording of the topology's own metrics. */
package io.memoryreflector.streams.metrics;
