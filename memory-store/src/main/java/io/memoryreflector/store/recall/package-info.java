/** Ranking one user's memories for a question. Nothing here writes. */
package io.memoryreflector.store.recall;
