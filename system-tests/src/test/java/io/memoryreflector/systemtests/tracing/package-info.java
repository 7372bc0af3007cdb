/** Traces over the whole system, as a collector gets them. */
package io.memoryreflector.systemtests.tracing;
