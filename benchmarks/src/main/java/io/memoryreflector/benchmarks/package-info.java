/**
 * How fast the system is: every figure beside a reference that is measured in the same run, in turns. Ships nothing and
 * is used by nothing.
 */
package io.memoryreflector.benchmarks;
