/** Tier 1 in Redis: the last turns of a user. Nothing here is long-term. */
package io.memoryreflector.store.shortterm;
