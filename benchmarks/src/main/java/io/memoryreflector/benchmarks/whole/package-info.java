/** The whole system at once. */
package io.memoryreflector.benchmarks.whole;
