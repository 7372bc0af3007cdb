/** How figures are taken and shown; knows nothing of what is measured. */
package io.memoryreflector.benchmarks.measure;
