/** Recall measured on conversations with questions and evidence. */
package io.memoryreflector.systemtests.eval;
