/** The measures of the evaluation themselves. */
package io.memoryreflector.systemtests.eval;
