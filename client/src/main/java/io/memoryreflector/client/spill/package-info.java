/**
 * Where interactions wait on this machine's disk: written and synced before they are called spilled, read in their
 * order. For the sender's thread alone; nothing here decides when.
 */
package io.memoryreflector.client.spill;
