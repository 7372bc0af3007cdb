/** Holds what stands in {@code dashboards} against programs that run and against the schemas. */
package io.memoryreflector.systemtests.dashboards;
