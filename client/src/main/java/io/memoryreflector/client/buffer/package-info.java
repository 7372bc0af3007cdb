/** Where operations wait in memory, within bounds. Nothing here sends, and nothing here knows what an event looks like. */
package io.memoryreflector.client.buffer;
