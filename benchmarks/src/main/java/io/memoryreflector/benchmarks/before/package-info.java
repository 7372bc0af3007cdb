/** The design that this replaces, written for the comparison and tuned as far as it goes. */
package io.memoryreflector.benchmarks.before;
