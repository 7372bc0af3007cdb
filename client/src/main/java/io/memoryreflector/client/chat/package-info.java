/** What the adapters of chat memories share: whose conversation it is, and which messages of a window are new. */
package io.memoryreflector.client.chat;
