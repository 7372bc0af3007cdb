/** What the stores take and answer. */
package io.memoryreflector.benchmarks.stores;
