/**
 * From the buffer to the log: one thread that keeps the order, what it has under way, and the counts of what became of
 * everything. How a batch travels is the transports' matter.
 */
package io.memoryreflector.client.sending;
