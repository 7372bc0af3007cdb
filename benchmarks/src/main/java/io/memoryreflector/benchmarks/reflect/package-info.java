/** How many slow calls to a model are kept going. */
package io.memoryreflector.benchmarks.reflect;
