/** What became of each interaction, in Redis, and whether it is recallable. Nothing here holds a memory. */
package io.memoryreflector.store.status;
