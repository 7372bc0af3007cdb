/** What the topology costs by itself. */
package io.memoryreflector.benchmarks.topology;
