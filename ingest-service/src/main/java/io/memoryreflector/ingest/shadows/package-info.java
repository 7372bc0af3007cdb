/**
 * Shadows: reflectors that go through the log once more beside the live one. What they would change, having it take the
 * place of what is in use, and taking them away. Switches by events in the live topics; nothing here writes to a store.
 */
package io.memoryreflector.ingest.shadows;
